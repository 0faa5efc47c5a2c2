import { InvalidInput } from "../../../errors.ts";
import { defineCommand } from "../../command.ts";

/** The whole app against the bundled simulator. */
export const demo = defineCommand({
  name: "demo",
  usage: `  sallyport demo [--once] [--json]

Starts a local GitHub and the whole app on a throw-away database, plays a week
at the gate of one organisation, and prints what happened and which pages to
open. Nothing leaves this machine. Ctrl-C stops it.

  --once   play, print, exit
  --json   with --once: sallyport.demo/1`,
  options: { once: { type: "boolean" }, json: { type: "boolean" } },
  async run({ values, positionals }, io) {
    if (positionals.length > 0)
      throw new InvalidInput([{ where: "sallyport demo", what: "takes no argument", mend: "leave it out" }]);
    if (values.json && !values.once)
      throw new InvalidInput([{ where: "--json", what: "needs --once", mend: "give both" }]);
    const { playDemo } = await loadDemo();
    return playDemo({ once: values.once === true, json: values.json === true }, io);
  },
});

/** The simulator needs development packages that a production install leaves out. */
async function loadDemo(): Promise<typeof import("./play.ts")> {
  try {
    return await import("./play.ts");
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ERR_MODULE_NOT_FOUND")) throw error;
    const mend = "run `npm ci && npm run demo` in a checkout";
    throw new InvalidInput([{ where: "sallyport demo", what: "the local GitHub is not installed here", mend }]);
  }
}

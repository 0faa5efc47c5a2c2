import { InvalidInput } from "../../../errors.ts";
import { whySetAside } from "../../../job/set-aside.ts";
import type { SetAside } from "../../../store/store.ts";
import { defineCommand } from "../../command.ts";
import { paragraph } from "../../paragraph.ts";
import { printable } from "../../printable.ts";
import { show } from "../../show.ts";

export const jobs = defineCommand({
  name: "jobs",
  usage: `  sallyport jobs [--json]
  sallyport jobs --retry ID [--retry ID]... [--json]
  sallyport jobs --retry-all [--json]

Lists the jobs and deliveries that were set aside, and why. Nothing that GitHub
was told we have is dropped: what is listed here waits for 30 days to be tried
again. With the embedded database, stop \`sallyport serve\` first, or use the page
"Work" of the organisation.

  --retry ID    put this one back in its place; the id as listed
  --retry-all   all of them
  --json        sallyport.jobs/1`,
  options: {
    retry: { type: "string", multiple: true },
    "retry-all": { type: "boolean" },
    json: { type: "boolean" },
  },
  async run({ values, positionals }, io) {
    if (positionals.length > 0)
      throw new InvalidInput([
        { where: "sallyport jobs", what: "takes no argument", mend: "name an id with --retry ID" },
      ]);
    const wanted = values.retry ?? [];
    const { setAside, retried } = await io.services.setAside(values["retry-all"] ? "all" : wanted);
    const unknown = wanted.filter((id) => !retried.includes(id));
    if (values.json) io.stdout.write(`${JSON.stringify({ schema: "sallyport.jobs/1", setAside, retried }, null, 2)}\n`);
    else show(io.stdout, report(setAside, retried));
    if (unknown.length === 0 || values["retry-all"]) return 0;
    throw new InvalidInput(
      unknown.map((id) => ({
        where: `sallyport jobs --retry ${id}`,
        what: "nothing of this id is set aside",
        mend: "`sallyport jobs` lists what is",
      })),
    );
  },
});

function report(setAside: readonly SetAside[], retried: readonly string[]): string {
  const back = retried.map((id) => `${printable(id)}: put back, to be tried again\n`);
  const rest = setAside.map(
    (one) =>
      `${printable(`${one.id}  ${one.kind}  ${one.repository ?? "no repository"}  since ${one.since}`)}\n${paragraph(why(one), "  ").join("\n")}\n`,
  );
  return [...back, ...(setAside.length === 0 ? ["Nothing is set aside.\n"] : rest)].join("");
}

const why = ({ state, because }: SetAside): string =>
  state === "alone"
    ? "The process ended while it ran, three times or more; it is tried by itself."
    : whySetAside(because);

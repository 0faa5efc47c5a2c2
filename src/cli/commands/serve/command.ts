import { InvalidInput } from "../../../errors.ts";
import { type Command, defineCommand } from "../../command.ts";

const VARIABLES = "Variables are in .env or the environment; .env.example has them all.";

/** Everything in one process. */
export const serve = starting("all", {
  name: "serve",
  usage: `  sallyport serve

Answers GitHub's deliveries, shows the private pages and does the work, in one
process on the embedded database (or on DATABASE_URL). Without credentials it
serves a set-up page that creates the GitHub App, writes .env and goes on.
Stops cleanly on Ctrl-C and SIGTERM.

${VARIABLES}`,
});

/** Deliveries and pages only. */
export const web = starting("web", {
  name: "web",
  usage: `  sallyport web

The web half of several machines on one PostgreSQL server; the work is done by
\`sallyport worker\`.

${VARIABLES}`,
});

/** Jobs only. */
export const worker = starting("worker", {
  name: "worker",
  usage: `  sallyport worker

The working half of several machines on one PostgreSQL server; run as many as
you like.

${VARIABLES}`,
});

function starting(part: "all" | "web" | "worker", words: { readonly name: string; readonly usage: string }): Command {
  return defineCommand({
    ...words,
    options: {},
    async run({ positionals }, io) {
      if (positionals.length === 0) return io.services.serve(part);
      throw new InvalidInput([{ where: `sallyport ${words.name}`, what: "takes no argument", mend: "leave it out" }]);
    },
  });
}

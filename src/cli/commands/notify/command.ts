import { InvalidInput } from "../../../errors.ts";
import { defineCommand, type TriedDestination } from "../../command.ts";
import { paragraph } from "../../paragraph.ts";
import { EXIT } from "../../run.ts";

export const notify = defineCommand({
  name: "notify",
  usage: `  sallyport notify test [--organization ORG] [--json]

Sends a test message to every destination of NOTIFY_FILE at once, and says of
each whether it arrived, or what failed and how to mend it. It works beside a
running server, and tells nothing about anybody.

  --organization ORG   only those that are told of this one: a login, or the
                       numeric id where the file has that
  --json               sallyport.notify/1

Exits 0 when all arrived, 2 when one was refused, and 3 when none was refused
and one could not be reached.`,
  options: { organization: { type: "string" }, json: { type: "boolean" } },
  async run({ values, positionals }, io) {
    if (positionals.length !== 1 || positionals[0] !== "test")
      throw new InvalidInput([
        { where: "sallyport notify", what: "not something it does", mend: "write `sallyport notify test`" },
      ]);
    const organization = values.organization ?? null;
    const tried = await io.services.tryDestinations(organization);
    const result = { schema: "sallyport.notify/1", organization, destinations: tried };
    io.stdout.write(values.json ? `${JSON.stringify(result, null, 2)}\n` : report(tried));
    if (tried.some(({ state }) => state === "refused")) return EXIT.invalid;
    return tried.some(({ state }) => state === "unreachable") ? EXIT.unreachable : EXIT.done;
  },
});

const STATE_WORDS: Readonly<Record<TriedDestination["state"], string>> = {
  ok: "ok",
  refused: "refused",
  unreachable: "not reached",
};

function report(tried: readonly TriedDestination[]): string {
  const width = Math.max(0, ...tried.map(({ name }) => name.length));
  const lines = tried.flatMap(({ name, kind, organization, state, found, mend }) => [
    ...paragraph(
      `${found}; ${kind}, told of ${organization}`,
      `${name.padEnd(width)}  ${STATE_WORDS[state].padEnd(11)}  `,
    ),
    ...(mend === null ? [] : paragraph(mend, `${" ".repeat(width)}  to mend:     `)),
  ]);
  return `${lines.join("\n")}\n`;
}

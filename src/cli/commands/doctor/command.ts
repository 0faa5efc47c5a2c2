import { InvalidInput } from "../../../errors.ts";
import { type DoctorCheck, type DoctorCheckId, defineCommand } from "../../command.ts";
import { paragraph } from "../../paragraph.ts";

export const doctor = defineCommand({
  name: "doctor",
  usage: `  sallyport doctor [--json]

Looks at everything an operator has to get right, changes nothing, and says how
to mend what is absent, wrong or unreachable. Exits 0 when all is well, else 2.
A server that runs on the embedded database has it to itself: what only the
database tells is "running" then, and not looked at.

  --json   sallyport.doctor/1`,
  options: { json: { type: "boolean" } },
  async run({ values, positionals }, io) {
    if (positionals.length > 0)
      throw new InvalidInput([{ where: "sallyport doctor", what: "takes no argument", mend: "leave it out" }]);
    const checks = await io.services.doctor();
    io.stdout.write(
      values.json ? `${JSON.stringify({ schema: "sallyport.doctor/1", checks }, null, 2)}\n` : report(checks),
    );
    return checks.every(isWell) ? 0 : 2;
  },
});

const TITLES: Readonly<Record<DoctorCheckId, string>> = {
  configuration: "Configuration",
  webhook_secret: "Webhook secret",
  webhook: "Webhook address",
  credentials: "Credentials",
  permissions: "Permissions",
  audit_tier: "Tier for audits",
  events: "Events",
  clock: "Clock",
  notify: "Messages",
  database: "Database",
  trail: "Trail",
  disk: "Disk",
  process: "Running process",
  installations: "Installations",
};

const STATE_WORDS: Readonly<Record<DoctorCheck["state"], string>> = {
  ok: "ok",
  running: "running",
  absent: "absent",
  wrong: "wrong",
  unreachable: "unreachable",
  unknown: "not checked",
};

const isWell = ({ state }: DoctorCheck): boolean => state === "ok" || state === "running";

function report(checks: readonly DoctorCheck[]): string {
  const width = Math.max(0, ...checks.map(({ id }) => TITLES[id].length));
  const lines = checks.flatMap(({ id, state, found, mend }) => [
    ...paragraph(found, `${TITLES[id].padEnd(width)}  ${STATE_WORDS[state].padEnd(11)}  `),
    ...(mend === null ? [] : paragraph(mend, `${" ".repeat(width)}  to mend:     `)),
  ]);
  const count = checks.filter((check) => !isWell(check)).length;
  const summary = count === 0 ? "All well." : `${count} of ${checks.length} need a look.`;
  return `${[...lines, "", summary].join("\n")}\n`;
}

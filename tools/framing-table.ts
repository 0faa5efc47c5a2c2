import { CATALOG } from "../src/signals/catalog.ts";
import { KINDS, type KindName } from "../test/dossier/framing/kinds.ts";
import { met, scene, WAYS } from "../test/dossier/framing/scene.ts";

// Prints, as Markdown, how many bits each signal gains from a stranger's commits: a line for each kind of commit and
// way of merging, a column for each signal that reads histories. Everything is cloned from the simulator, which takes
// some minutes. Ends with 1 when anything but 0 stands in it, or when a byte of what was read differs.

const signals = CATALOG.filter(({ needs, needsOneOf = [] }) =>
  [...needs, ...needsOneOf].some((name) => name.startsWith("history.")),
).map(({ id }) => id);

const write = (cells: readonly (string | number)[]): void => void process.stdout.write(`| ${cells.join(" | ")} |\n`);

const github = await scene();
const before = await github.scan(met(github, [], "open"));
let changed = 0;
write(["kind", "merged by", ...signals, "all bits", "bytes"]);
write(["---", "---", ...signals.map(() => "---:"), "---:", "---"]);
for (const kind of Object.keys(KINDS) as readonly KindName[])
  for (const way of WAYS) {
    const { assessment, text } = await github.scan(met(github, [kind], way));
    const gained = signals.map((id) => assessment.findings.find(({ signal }) => signal === id)?.bits ?? 0);
    const same = text === before.text;
    if (!same || assessment.persona.bits !== 0 || gained.some((bits) => bits !== 0)) changed++;
    write([kind, way, ...gained, assessment.persona.bits, same ? "equal" : "DIFFERENT"]);
  }
await github.stop();
if (changed > 0) process.exitCode = 1;

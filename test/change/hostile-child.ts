import { readAs } from "./hostile-reader.ts";
import { HOSTILE, HOSTILE_PATHS } from "./hostile-texts.ts";

/** Reads the texts that are asked for by number, each under a few of the paths, and names each before it begins. */
const [chars = "4096", step = "1"] = process.argv.slice(2);
const PATHS_EACH = 6;

for (let at = 0; at < HOSTILE.length; at += Number(step)) {
  const hostile = HOSTILE[at];
  if (hostile === undefined) continue;
  process.stdout.write(`${hostile.name}\n`);
  const paths = Array.from(
    { length: PATHS_EACH },
    (_, next) => HOSTILE_PATHS[(at * PATHS_EACH + next) % HOSTILE_PATHS.length],
  );
  readAs(
    paths.filter((path) => path !== undefined),
    hostile.text(Number(chars)),
  );
}
process.stdout.write("done\n");

import { type CodeKey, keyIn } from "../../../change/code-index/key.ts";
import { InvalidInput } from "../../../errors.ts";
import type { Io } from "../../command.ts";

/** Anybody but its owner may do something with it. */
const OTHERS = 0o077;

/** The key in a file that its owner alone may read; null where there is no such file. Throws InvalidInput. */
export async function readKey(path: string, io: Io): Promise<CodeKey | null> {
  const mode = await io.modeOf(path);
  if (mode === null) return null;
  // Of a Windows file the bits say nothing.
  if ((mode & OTHERS) !== 0 && process.platform !== "win32")
    throw new InvalidInput([
      {
        where: path,
        what: "others on this machine may read it, and with it everybody could ask whether a file is yours",
        mend: `chmod 600 ${path}; where somebody may have read it, build anew with a new key`,
      },
    ]);
  const key = keyIn(await io.readFile(path, 1));
  if (key === null)
    throw new InvalidInput([
      { where: path, what: "not a key of a code index", mend: "name another file, or none that exists" },
    ]);
  return key;
}

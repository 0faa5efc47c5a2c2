// The same type stripping that runs the program, so that line numbers and semantics in tests are production's.
import { stripTypeScriptTypes } from "node:module";

export default { process: (source, file) => ({ code: file.endsWith(".ts") ? stripTypeScriptTypes(source) : source }) };

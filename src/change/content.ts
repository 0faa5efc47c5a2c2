/** What the first bytes of a file say that it is; `unknown` is no text and none of these. */
export const BINARY_KINDS = [
  "executable",
  "archive",
  "library",
  "wasm",
  "picture",
  "font",
  "sound",
  "document",
  "unknown",
] as const;
export type BinaryKind = (typeof BINARY_KINDS)[number];

const MAGIC: readonly (readonly [kind: BinaryKind, at: number, bytes: string])[] = [
  ["executable", 0, "7f454c46"],
  ["executable", 0, "4d5a"],
  ["executable", 0, "feedface"],
  ["executable", 0, "feedfacf"],
  ["executable", 0, "cefaedfe"],
  ["executable", 0, "cffaedfe"],
  ["wasm", 0, "0061736d"],
  ["library", 0, "cafebabe"],
  ["library", 0, "213c617263683e0a"],
  ["library", 0, "6465780a"],
  ["archive", 0, "504b0304"],
  ["archive", 0, "1f8b"],
  ["archive", 0, "425a68"],
  ["archive", 0, "fd377a585a00"],
  ["archive", 0, "28b52ffd"],
  ["archive", 0, "377abcaf271c"],
  ["archive", 0, "526172211a07"],
  ["archive", 257, "7573746172"],
  ["picture", 0, "89504e470d0a1a0a"],
  ["picture", 0, "ffd8ff"],
  ["picture", 0, "47494638"],
  ["picture", 8, "57454250"],
  ["picture", 0, "00000100"],
  ["picture", 4, "6674797061766966"],
  ["picture", 0, "424d"],
  ["picture", 0, "49492a00"],
  ["picture", 0, "4d4d002a"],
  ["font", 0, "774f4632"],
  ["font", 0, "774f4646"],
  ["font", 0, "4f54544f"],
  ["font", 0, "0001000000"],
  ["sound", 0, "494433"],
  ["sound", 0, "4f676753"],
  ["sound", 0, "664c6143"],
  ["sound", 8, "57415645"],
  ["sound", 4, "66747970"],
  ["document", 0, "255044462d"],
];

/** Bytes that are enough to know any of these. */
export const SNIFFED_BYTES = 4_096;

/** The text of a file, or what it is instead. UTF-16 is text with its mark; UTF-8 is text without a NUL. */
export function contentOf(bytes: Uint8Array): { readonly text: string } | { readonly binary: BinaryKind } {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { text: new TextDecoder("utf-16le").decode(bytes) };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { text: new TextDecoder("utf-16be").decode(bytes) };
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, SNIFFED_BYTES));
  const known = MAGIC.find(([, at, magic]) => head.toString("hex", at, at + magic.length / 2) === magic);
  if (known !== undefined && (known[0] !== "executable" || head.includes(0))) return { binary: known[0] };
  return isWritten(head)
    ? { text: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("utf8") }
    : { binary: "unknown" };
}

/** Of bytes with a NUL among them, the share that a script would have: one NUL makes a script no picture. */
const WRITTEN_SHARE = 0.9;

function isWritten(head: Buffer): boolean {
  if (!head.includes(0)) return true;
  let written = 0;
  for (const byte of head) if ((byte >= 32 && byte < 127) || byte === 9 || byte === 10 || byte === 13) written += 1;
  return written > head.length * WRITTEN_SHARE;
}

import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, openSync, readSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { hashList, PIECE_HASHES, piecesOf } from "../src/change/code-index/hashes.ts";
import { codeKey, KEY_BYTES } from "../src/change/code-index/key.ts";
import { OID_BYTES } from "../src/change/git/cloned-code.ts";
import { ownCodeOf } from "../src/flows/code-index/own-code.ts";
import { sealKey } from "../src/flows/code-index/sealed-key.ts";
import { accountId, installationId } from "../src/ids.ts";
import { MEASURED, measuredIn } from "./measured.ts";

export interface CodeIndexFigures {
  readonly seconds: number;
  readonly peakMiB: number;
}

const HASHES = 5_000_000;
const ENTRIES = 100_000;
/** Those of the entries that are in the index. */
const MATCHED = 1_000;
const HASH_KEY = "00".repeat(32);

const key = codeKey(new Uint8Array(KEY_BYTES).fill(1));

/** Looks up what ten repositories hold, in a process of its own that reads the index from a file, as a store does. */
export async function benchCodeIndex(): Promise<CodeIndexFigures> {
  const folder = mkdtempSync(join(tmpdir(), "sallyport-bench-"));
  try {
    const file = join(folder, "pieces");
    writeFileSync(file, piecesOfIndex());
    const args = ["--import", MEASURED, import.meta.filename, file];
    const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
    const [wrote, said] = await Promise.all([text(child.stdout), text(child.stderr)]);
    const [, seconds] = /^found \d+ in ([\d.]+) s$/m.exec(wrote) ?? [];
    if (seconds === undefined) throw new Error(`the lookup failed: ${wrote}${said}`);
    return { seconds: Number(seconds), peakMiB: measuredIn(said).peakMiB };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const oidOf = (index: number): Buffer => createHash("sha1").update(`blob ${index}`).digest();

/** Pieces of one length each, the last one filled up with blanks. */
const PIECE_CHARS = Math.ceil((8 * PIECE_HASHES) / 3) * 4;

function piecesOfIndex(): string {
  const list = hashList();
  for (let index = 0; index < MATCHED; index++) list.add(key.hash(oidOf(index)));
  // Any numbers will do for the rest: they are as evenly spread as hashes are.
  for (let index = MATCHED; index < HASHES; index++) list.add(oidOf(index).readBigUInt64BE() & ~1n);
  return [...piecesOf(list.sorted())].map((piece) => piece.padEnd(PIECE_CHARS)).join("");
}

/** The pieces of such a file, as many as asked for. */
function readPieces(file: number, from: number, limit: number): readonly string[] {
  const bytes = Buffer.alloc(limit * PIECE_CHARS);
  const read = readSync(file, bytes, 0, bytes.length, from * PIECE_CHARS);
  return Array.from({ length: Math.ceil(read / PIECE_CHARS) }, (_, index) =>
    bytes.toString("latin1", index * PIECE_CHARS, Math.min(read, (index + 1) * PIECE_CHARS)).trimEnd(),
  );
}

async function lookUp(path: string): Promise<void> {
  const file = openSync(path, "r");
  const id = installationId(1);
  const about = { key: key.fingerprint, count: HASHES, digest: "0".repeat(64), madeAt: "", importedAt: "" };
  const random = { bytes: (count: number) => new Uint8Array(count) };
  const sealedKey = sealKey(key, { hashKey: HASH_KEY, installationId: id, random });
  const own = await ownCodeOf(
    {
      installation: { id, accountId: accountId(1) },
      tenant: {
        codeIndexes: async () => [{ ...about, sealedKey }],
        codeIndexPieces: async (_, from, limit) => readPieces(file, from, limit),
      },
    },
    HASH_KEY,
  );
  if (own === null || own === "unreadable") throw new Error("no index");
  const oids = Buffer.alloc(ENTRIES * OID_BYTES);
  for (let entry = 0; entry < ENTRIES; entry++)
    oidOf(entry < MATCHED ? entry : HASHES + entry).copy(oids, entry * OID_BYTES);
  const startedAt = performance.now();
  const found = await own.lookup(oids);
  const seconds = (performance.now() - startedAt) / 1_000;
  const matched = found.filter((state) => state !== 0).length;
  if (matched !== MATCHED) throw new Error(`${matched} found of ${MATCHED}`);
  process.stdout.write(`found ${matched} in ${seconds} s\n`);
}

if (import.meta.main) await lookUp(process.argv[2] ?? "");

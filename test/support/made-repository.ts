import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deflateSync } from "node:zlib";

/** One commit to make. Times are seconds since 1970, offsets minutes; what is left out is ordinary. */
export interface MadeCommit {
  readonly author?: string;
  /** The author when left out. */
  readonly committer?: string;
  readonly at?: number | string;
  /** The author's moment when left out. */
  readonly committedAt?: number | string;
  readonly offset?: string;
  readonly message?: string | Buffer;
  /** Indices of earlier commits; the one before when left out. */
  readonly parents?: readonly number[];
  /** Raw lines between committer and message, such as `gpgsig`. */
  readonly headers?: string;
  /** The whole object instead of all of this. */
  readonly raw?: Buffer;
}

export interface MadeRepository {
  readonly path: string;
  readonly oids: readonly string[];
  remove(): void;
}

/** The empty tree, which every commit of a made repository has. */
const EMPTY_TREE = Buffer.alloc(0);

/** A bare repository of loose objects, written without git: hostile objects come out as they are. */
export function madeRepository(
  commits: readonly MadeCommit[],
  { format = "sha1", mailmap = null }: { readonly format?: "sha1" | "sha256"; readonly mailmap?: string | null } = {},
): MadeRepository {
  // What a test does not remove goes with the directory of its run.
  const path = mkdtempSync(join(process.env.SALLYPORT_TEST_RUN ?? tmpdir(), "sallyport-made-"));
  mkdirSync(join(path, "refs/heads"), { recursive: true });
  mkdirSync(join(path, "objects"));
  writeFileSync(join(path, "HEAD"), "ref: refs/heads/main\n");
  const version =
    format === "sha256"
      ? "\trepositoryformatversion = 1\n\tbare = true\n[extensions]\n\tobjectformat = sha256\n"
      : "\trepositoryformatversion = 0\n\tbare = true\n";
  writeFileSync(join(path, "config"), `[core]\n${version}`);
  const write = (kind: string, body: Buffer): string =>
    writeObject(path, format, Buffer.concat([Buffer.from(`${kind} ${body.length}\0`), body]));
  const tree =
    mailmap === null ? write("tree", EMPTY_TREE) : treeWith(".mailmap", write("blob", Buffer.from(mailmap)), write);
  const oids: string[] = [];
  for (const [index, commit] of commits.entries())
    oids.push(write("commit", commit.raw ?? bodyOf(commit, { index, oids, tree })));
  const tip = oids.at(-1);
  if (tip !== undefined) writeFileSync(join(path, "refs/heads/main"), `${tip}\n`);
  return { path, oids, remove: () => rmSync(path, { recursive: true, force: true }) };
}

function treeWith(name: string, blob: string, write: (kind: string, body: Buffer) => string): string {
  return write("tree", Buffer.concat([Buffer.from(`100644 ${name}\0`), Buffer.from(blob, "hex")]));
}

function writeObject(path: string, format: string, object: Buffer): string {
  const oid = createHash(format).update(object).digest("hex");
  const folder = join(path, "objects", oid.slice(0, 2));
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, oid.slice(2)), deflateSync(object, { level: 1 }));
  return oid;
}

const START = Date.UTC(2020, 0, 6, 9) / 1_000;

function bodyOf(
  commit: MadeCommit,
  { index, oids, tree }: { readonly index: number; readonly oids: readonly string[]; readonly tree: string },
): Buffer {
  const {
    author = "Ada Example <ada@example.org>",
    offset = "+0100",
    headers = "",
    message = `Change ${index}\n`,
  } = commit;
  const at = commit.at ?? START + index * 86_400 + ((index * index * 7_919 + index * 104_729) % 20_000);
  const parents = commit.parents ?? (index === 0 ? [] : [index - 1]);
  const lines = [
    `tree ${tree}`,
    ...parents.map((parent) => `parent ${oids[parent]}`),
    `author ${author} ${at} ${offset}`,
    `committer ${commit.committer ?? author} ${commit.committedAt ?? at} ${offset}`,
  ];
  return Buffer.concat([Buffer.from(`${lines.join("\n")}\n${headers}\n`, "latin1"), Buffer.from(message as string)]);
}

/** A `gpgsig` header with a version 4 OpenPGP signature that names this key (16 hex digits) and signs nothing. */
export function pgpHeader(keyId: string): string {
  const fingerprint = Buffer.concat([Buffer.from([22, 33, 4]), Buffer.alloc(12, 7), Buffer.from(keyId, "hex")]);
  const body = Buffer.concat([
    Buffer.from([4, 0, 22, 8, 0, fingerprint.length]),
    fingerprint,
    Buffer.from([0, 0, 0, 0]),
  ]);
  const packet = Buffer.concat([Buffer.from([0xc2, body.length]), body]);
  const text = `-----BEGIN PGP SIGNATURE-----\n\n${packet.toString("base64")}\n=abcd\n-----END PGP SIGNATURE-----`;
  return header(text);
}

/** A `gpgsig` header with an SSH signature that carries this public key and signs nothing. */
export function sshHeader(publicKey: string): string {
  const key = Buffer.from(publicKey);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(key.length);
  const blob = Buffer.concat([Buffer.from("SSHSIG"), Buffer.from([0, 0, 0, 1]), length, key, Buffer.alloc(40)]);
  return header(`-----BEGIN SSH SIGNATURE-----\n${blob.toString("base64")}\n-----END SSH SIGNATURE-----`);
}

const header = (text: string): string => `gpgsig ${text.split("\n").join("\n ")}\n`;

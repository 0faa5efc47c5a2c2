import { createHash } from "node:crypto";
import { readRecord } from "../../src/history/read/record.ts";
import { MAX_ROWS } from "../../src/history/read/row-order.ts";
import { tableBuilder } from "../../src/history/read/table.ts";
import { type ApiCommit, recordOfApiCommit } from "../../src/history/rebuild.ts";
import { atOnce } from "../../src/slices.ts";
import { expect, test } from "../support/jest.ts";
import { pgpHeader, sshHeader } from "../support/made-repository.ts";

// What an API tells of a commit, and whether git's own bytes are made of it again: the object id is the judge.

const TREE = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";
const PARENT = "ab".repeat(20);
const AT = 1_600_000_000;

interface Written {
  readonly zone?: string;
  /** Between committer and message. */
  readonly headers?: string;
  readonly message?: string;
  readonly name?: string;
}

const objectOf = ({ zone = "+0100", headers = "", message = "Fix (#12)\n", name = "Ada Example" }: Written): string =>
  `tree ${TREE}\nparent ${PARENT}\nauthor ${name} <ada@example.org> ${AT} ${zone}\n` +
  `committer ${name} <ada@example.org> ${AT + 60} ${zone}\n${headers}\n${message}`;

const idOf = (bytes: Buffer): string =>
  createHash("sha1").update(`commit ${bytes.length}\0`).update(bytes).digest("hex");

function told(written: Written, said: Partial<ApiCommit> & { readonly zone?: string } = {}): ApiCommit {
  const object = objectOf(written);
  const { zone = "+01:00", ...more } = said;
  const person = (seconds: number) => ({
    name: written.name ?? "Ada Example",
    email: "ada@example.org",
    date: `${new Date((AT + seconds + (zone === "Z" ? 0 : 3_600)) * 1_000).toISOString().slice(0, 19)}${zone}`,
  });
  return {
    oid: idOf(Buffer.from(object)),
    treeOid: TREE,
    parentOids: [PARENT],
    author: person(0),
    committer: person(60),
    message: written.message ?? "Fix (#12)\n",
    signature: null,
    ...more,
  };
}

const armour = (header: string): string =>
  header
    .replace(/^gpgsig /, "")
    .replaceAll("\n ", "\n")
    .trimEnd();
const signed = (header: string, headers = header): Partial<ApiCommit> & Written => ({
  headers,
  signature: { payload: objectOf({ headers: headers.replace(header, "") }), text: armour(header) },
});
const PGP = pgpHeader("00112233aabbccdd");
const EMPTY_LAST = `${PGP.trimEnd()}\n \n`;

const AS_WRITTEN: Readonly<Record<string, ApiCommit>> = {
  "an ordinary commit": told({}),
  "a message whose line end was cut off": told({}, { message: "Fix (#12)" }),
  "a message without a line end, as GitHub's own merges have it": told({ message: "Fix (#12)" }),
  "a message with two line ends": told({ message: "Fix (#12)\n\n" }, { message: "Fix (#12)" }),
  "a message that ends as on Windows": told({ message: "Fix (#12)\r\n" }, { message: "Fix (#12)" }),
  "a message that ends with a blank": told({ message: "Fix (#12) " }, { message: "Fix (#12)" }),
  "an empty message": told({ message: "" }),
  "a clock of UTC": told({ zone: "+0000" }, { zone: "Z" }),
  "a clock that says no zone": told({ zone: "-0000" }, { zone: "Z" }),
  "letters beyond ASCII": told({ name: "Ådå Exåmple", message: "Größe\n" }),
  "no name": told({ name: "" }),
  "an OpenPGP signature": told({ headers: PGP }, signed(PGP)),
  "an SSH signature": told({ headers: sshHeader("a key") }, signed(sshHeader("a key"))),
  "a signature with an empty last line, as GitHub writes it": told(
    { headers: EMPTY_LAST },
    { signature: { payload: objectOf({}), text: armour(PGP) } },
  ),
  "a signature before another header": told(
    { headers: `${PGP}encoding UTF-8\n` },
    signed(PGP, `${PGP}encoding UTF-8\n`),
  ),
  "a signature behind another header": told(
    { headers: `encoding UTF-8\n${PGP}` },
    signed(PGP, `encoding UTF-8\n${PGP}`),
  ),
};

test.each(Object.entries(AS_WRITTEN))("rebuilt, byte for byte: %s", (_, commit) => {
  const record = recordOfApiCommit(commit) ?? Buffer.alloc(0);
  const [headers = "", ...body] = record.toString().slice(41).split("\n\n    ");
  expect(idOf(Buffer.from([headers, ...body].join("\n\n").replaceAll("\n    ", "\n")))).toBe(commit.oid);
  const table = tableBuilder(20, { keepTrees: true });
  expect(readRecord(record, 0, record.length, table, { digits: 40 })).toBe("commitCount");
  const read = atOnce(table.finish());
  // Rows are in the order of their ids, the one of the parent too.
  const row = [0, 1].findIndex((each) => read.oid(each) === commit.oid);
  expect([read.tree(row), read.authoredAt[row], read.committedAt[row]]).toEqual([TREE, AT, AT + 60]);
  expect(read.oid(read.parent[row] ?? -1)).toBe(PARENT);
  expect(read.keys).toHaveLength(commit.signature ? 1 : 0);
});

test("a table that is full takes no further commit and says that it was cut", () => {
  const commits = [told({}), told({ name: "Bo" }), told({ name: "Cy" })];
  const filled = (maxRows: number) => {
    const table = tableBuilder(20, { maxRows });
    for (const record of commits.map((commit) => recordOfApiCommit(commit) ?? Buffer.alloc(0)))
      readRecord(record, 0, record.length, table, { digits: 40 });
    return { isCut: table.isCut, rowCount: atOnce(table.finish()).rowCount };
  };
  // Each commit may bring a parent that is new; here all have the same.
  expect(filled(5)).toEqual({ isCut: false, rowCount: 4 });
  expect(filled(4)).toEqual({ isCut: true, rowCount: 3 });
});

test("no table has more rows than the numbers can carry that rows are sorted by", () => {
  const table = tableBuilder(20, { maxRows: 1 });
  table.rowOf(Buffer.from("a".repeat(40)), 0);
  expect(() => table.rowOf(Buffer.from("b".repeat(40)), 0)).toThrow(/full/);
  expect(() => tableBuilder(20, { maxRows: MAX_ROWS + 1 })).toThrow(/at most 4194304 rows/);
  // The last row beside the latest date that is told apart, and beside the highest first bytes of an id.
  expect((2 ** 31 - 1) * MAX_ROWS + (MAX_ROWS - 1)).toBe(Number.MAX_SAFE_INTEGER);
});

const LOST: Readonly<Record<string, ApiCommit>> = {
  "a header that the API does not name": told({ headers: "encoding ISO-8859-1\n" }),
  "a merged tag": told({ headers: `mergetag object ${PARENT}\n type commit\n` }),
  "an offset of no clock": told({ zone: "+9999" }),
  "a parent that is not told": told({}, { parentOids: [] }),
  "another name than was written": told({}, { author: { name: "Ada", email: "a@b.c", date: "2020-09-13T13:26:40Z" } }),
  "no author": told({}, { author: null }),
  "no date": told({}, { committer: { name: "Ada Example", email: "ada@example.org", date: "" } }),
  "bytes that are no UTF-8": told(
    {},
    { oid: idOf(Buffer.from(objectOf({ name: "Andr\xe9" }), "latin1")), message: "x" },
  ),
  "a message of a megabyte": told({ message: "x".repeat(2 ** 20) }),
  "a signature that is not the one": told({ headers: PGP }, signed(sshHeader("a key"), PGP)),
};

test.each(Object.entries(LOST))("not understood: %s", (_, commit) => {
  expect(recordOfApiCommit(commit)).toBeNull();
});

import { createHash } from "node:crypto";

/** A commit as an API tells it, from which git's own bytes are made again. */
export interface ApiCommit {
  readonly oid: string;
  readonly treeOid: string;
  readonly parentOids: readonly string[];
  /** Null where nothing readable stands. */
  readonly author: ApiPerson | null;
  readonly committer: ApiPerson | null;
  /** In UTF-8, whatever it was written in; perhaps without the line end it closes with. */
  readonly message: string;
  /** Null for a commit that nobody signed. */
  readonly signature: {
    /** The object without its signature, as it was signed. */
    readonly payload: string;
    /** In its armour. */
    readonly text: string;
  } | null;
}

export interface ApiPerson {
  readonly name: string;
  readonly email: string;
  /** With the offset of its clock, which `Z` hides for one of UTC. */
  readonly date: string;
}

/**
 * A commit that an API told as `git rev-list --header` prints it, for the same reader (`readRecord`). Null unless it has
 * the commit's own object id: whatever may have been lost on the way, such as an old encoding, a header the API does
 * not name or an odd date, changes that id.
 */
export function recordOfApiCommit(commit: ApiCommit): Buffer | null {
  const object = rebuilt(commit);
  if (object === null) return null;
  const end = object.indexOf("\n\n");
  const message = object.slice(end + 2).replaceAll("\n", "\n    ");
  return Buffer.from(`${commit.oid}\n${object.slice(0, end)}\n\n    ${message}`);
}

/** A longer one is not tried: each try hashes all of it, and its length is its author's to choose. */
const MAX_TEXT = 2 ** 15;

/** The object whose id the commit has, of those that can be told like this; null when none has it. */
function rebuilt(commit: ApiCommit): string | null {
  const { message, signature } = commit;
  if (message.length + (signature ? signature.payload.length + signature.text.length : 0) > MAX_TEXT) return null;
  for (const object of signature ? signedObjects(signature) : plainObjects(commit))
    if (idOf(object) === commit.oid) return object;
  return null;
}

function idOf(object: string): string {
  const bytes = Buffer.from(object);
  return createHash("sha1").update(`commit ${bytes.length}\0`).update(bytes).digest("hex");
}

/** Git puts the signature behind all other headers, some tools right behind the committer; some end it with an empty line. */
function* signedObjects({ payload, text }: NonNullable<ApiCommit["signature"]>): Generator<string> {
  const headersEnd = payload.indexOf("\n\n");
  const committer = payload.indexOf("\ncommitter ");
  const places = new Set([headersEnd, payload.indexOf("\n", committer + 1)]);
  const header = `\ngpgsig ${text.trimEnd().replaceAll("\n", "\n ")}`;
  for (const place of places)
    for (const more of ["", "\n "])
      if (place > 0) yield `${payload.slice(0, place)}${header}${more}${payload.slice(place)}`;
}

/** How messages end that people write, commonest first (31,481 commits of four public projects, all but 7). */
const ENDINGS = ["\n", "", "\n\n", "\r\n", " "];

/** With each of the zones that `Z` can stand for, and each ending that may have been cut off. */
function* plainObjects({ treeOid, parentOids, author, committer, message }: ApiCommit): Generator<string> {
  const parents = parentOids.map((oid) => `parent ${oid}\n`).join("");
  for (const committed of stamps(committer))
    for (const authored of stamps(author))
      for (const end of ENDINGS)
        yield `tree ${treeOid}\n${parents}author ${authored}\ncommitter ${committed}\n\n${message}${end}`;
}

const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.0+)?(Z|[+-]\d\d:\d\d)$/;

/** What git may have written for a person and a moment; nothing when it is none. */
function stamps(person: ApiPerson | null): readonly string[] {
  const zone = MOMENT.exec(person?.date ?? "")?.[1];
  const at = Date.parse(person?.date ?? "");
  if (person === null || zone === undefined || !(at >= 0)) return [];
  const zones = zone === "Z" || zone === "+00:00" ? ["+0000", "-0000"] : [zone.replace(":", "")];
  return zones.map((offset) => `${person.name} <${person.email}> ${Math.floor(at / 1_000)} ${offset}`);
}

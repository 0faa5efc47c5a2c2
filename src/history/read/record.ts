import { signingKey } from "./signature.ts";
import { type CommitRecord, NO_OFFSET, type TableBuilder } from "./table.ts";

/** What was read of a repository. */
export interface ReadSummary {
  readonly commitCount: number;
  /** Commit objects without a readable author or committer. */
  readonly malformedCount: number;
  /** Commits before `since`. */
  readonly olderCount: number;
}

/**
 * Reads one commit as `git rev-list --header` prints it (object id, raw headers, message indented by four spaces) into
 * the table, where there is room, and says as what it counts: malformed is a commit whose author or committer line is
 * missing, older one that was committed before `since`. Bytes are taken as they are: a name that is not UTF-8 stays
 * comparable.
 */
export function readRecord(
  bytes: Buffer,
  from: number,
  to: number,
  table: TableBuilder,
  { digits, since = EVER }: { readonly digits: number; readonly since?: number },
): keyof ReadSummary {
  let at = from + digits + 1;
  if (!startsWith(bytes, at, TREE)) return "malformedCount";
  const tree = at + TREE.length;
  at = tree + digits + 1;
  let firstParent = -1;
  record.parentCount = 0;
  while (startsWith(bytes, at, PARENT)) {
    if (record.parentCount++ === 0) firstParent = at + PARENT.length;
    at += PARENT.length + digits + 1;
  }
  at = skipTo(bytes, at, to, AUTHOR);
  if (at < 0 || !readSignature(author, bytes, at + AUTHOR.length, to)) return "malformedCount";
  at = author.end + 1;
  if (!startsWith(bytes, at, COMMITTER) || !readSignature(committer, bytes, at + COMMITTER.length, to))
    return "malformedCount";
  if (committer.at < since) return "olderCount";
  if (!table.hasRoom()) return "commitCount";
  record.author = table.person(bytes, author.from, author.to);
  // Most people commit what they wrote.
  record.committer = isSamePerson(bytes) ? record.author : table.person(bytes, committer.from, committer.to);
  record.authoredAt = author.at;
  record.committedAt = committer.at;
  record.offset = author.offset;
  readRest(bytes, committer.end + 1, to, endsWith(bytes, committer.to, WEB_FLOW));
  const row = table.rowOf(bytes, from);
  table.keepTree(row, bytes, tree);
  table.fill(row, record, firstParent < 0 ? -1 : table.rowOf(bytes, firstParent));
  return "commitCount";
}

/** No commit is before this. */
const EVER = Number.NEGATIVE_INFINITY;

const record: CommitRecord = {
  author: 0,
  committer: 0,
  authoredAt: 0,
  committedAt: 0,
  offset: 0,
  parentCount: 0,
  key: null,
  reference: 0,
  mergedOnWeb: false,
  trailers: [],
};

const TREE = Buffer.from("tree ");
const PARENT = Buffer.from("parent ");
const AUTHOR = Buffer.from("author ");
const COMMITTER = Buffer.from("committer ");
const GPGSIG = Buffer.from("gpgsig");
const EMPTY_LINE = Buffer.from("\n\n");
const LINE_END = 0x0a;
const SPACE = 0x20;

function startsWith(bytes: Buffer, at: number, prefix: Buffer): boolean {
  for (let index = 0; index < prefix.length; index++) if (bytes[at + index] !== prefix[index]) return false;
  return true;
}

const endsWith = (bytes: Buffer, end: number, suffix: Buffer): boolean =>
  startsWith(bytes, end - suffix.length, suffix);

const endOfLine = (bytes: Buffer, at: number, to: number): number => {
  const found = bytes.indexOf(LINE_END, at);
  return found < 0 || found > to ? to : found;
};

/** Old tools wrote headers between parents and author; -1 when no such line comes before the message. */
function skipTo(bytes: Buffer, at: number, to: number, prefix: Buffer): number {
  let line = at;
  while (line < to && bytes[line] !== LINE_END) {
    if (startsWith(bytes, line, prefix)) return line;
    line = endOfLine(bytes, line, to) + 1;
  }
  return -1;
}

/** What an author or committer line said: where name and address stand, where the line ends, when, on which clock. */
interface Signed {
  from: number;
  to: number;
  end: number;
  at: number;
  offset: number;
}

/** Of the commit that is read, reused from commit to commit. */
const author: Signed = { from: 0, to: 0, end: 0, at: 0, offset: 0 };
const committer: Signed = { ...author };

function isSamePerson(bytes: Buffer): boolean {
  const length = author.to - author.from;
  if (committer.to - committer.from !== length) return false;
  for (let index = 0; index < length; index++)
    if (bytes[author.from + index] !== bytes[committer.from + index]) return false;
  return true;
}

const CLOSING = 0x3e;

/** `Name <address> SECONDS OFFSET`; false when there is no address to end the name. */
function readSignature(signed: Signed, bytes: Buffer, at: number, to: number): boolean {
  let closing = -1;
  let end = at;
  for (; end < to && bytes[end] !== LINE_END; end++) if (bytes[end] === CLOSING) closing = end;
  if (closing < 0) return false;
  signed.from = at;
  signed.to = closing + 1;
  signed.end = end;
  let next = closing + 1;
  while (bytes[next] === SPACE) next++;
  const start = next;
  let seconds = 0;
  for (; next < end; next++) {
    const digit = (bytes[next] ?? 0) - 0x30;
    if (digit < 0 || digit > 9) break;
    seconds = seconds * 10 + digit;
  }
  signed.at = next === start || seconds > LAST_SECOND ? Number.NaN : seconds;
  signed.offset = readOffset(bytes, next + 1, end);
  return true;
}

/** The last moment a JavaScript date can name, in seconds. */
const LAST_SECOND = 8.64e12;
/** No clock on earth is further from UTC. */
const MAX_OFFSET_MINUTES = 14 * 60;

function readOffset(bytes: Buffer, at: number, end: number): number {
  const sign = bytes[at];
  if (end - at !== 5 || (sign !== 0x2b && sign !== 0x2d)) return NO_OFFSET;
  let digits = 0;
  for (let index = at + 1; index < end; index++) {
    const digit = (bytes[index] ?? 0) - 0x30;
    if (digit < 0 || digit > 9) return NO_OFFSET;
    digits = digits * 10 + digit;
  }
  const minutes = Math.trunc(digits / 100) * 60 + (digits % 100);
  if (minutes > MAX_OFFSET_MINUTES) return NO_OFFSET;
  return sign === 0x2d ? -minutes : minutes;
}

/** GitHub signs what is made on its pages with its own key, which ties nobody to anything. */
const WEB_FLOW = Buffer.from("<noreply@github.com>");

/** The headers after the committer and the subject line. */
function readRest(bytes: Buffer, from: number, to: number, isWeb: boolean): void {
  record.key = null;
  let at = from;
  while (at < to && bytes[at] !== LINE_END) {
    const start = at;
    if (startsWith(bytes, at, GPGSIG)) {
      // The last header there is, but for another signature; its lines are many.
      const end = bytes.indexOf(EMPTY_LINE, at);
      at = end < 0 || end >= to ? to : end + 1;
      if (!isWeb) record.key = signingKey(bytes.toString("latin1", start, at));
    } else {
      at = endOfLine(bytes, at, to) + 1;
      while (bytes[at] === SPACE) at = endOfLine(bytes, at, to) + 1;
    }
  }
  const subject = at + 1;
  record.trailers = record.key === null ? NO_TRAILERS : trailersIn(bytes, subject, to);
  const end = subject < to ? endOfLine(bytes, subject, to) : subject;
  record.reference = readReference(bytes, subject, end);
  record.mergedOnWeb =
    record.parentCount === 2 && record.committedAt < NAMED_ON_WEB && saysItMerged(bytes, subject, end);
}

/**
 * 1 July 2016, from when GitHub is the committer of what is made on its pages. Before, its merges named the person as
 * author and committer, until 2014 at the clock of its own servers.
 */
const NAMED_ON_WEB = Date.UTC(2016, 6, 1) / 1_000;

/** A subject by which GitHub's button merged a pull request, or GitHub itself tried whether one could be merged. */
const saysItMerged = (bytes: Buffer, from: number, end: number): boolean =>
  record.reference > 0 || TRIED.test(bytes.toString("latin1", from, end));

const TRIED = /^ *Merge [0-9a-f]{40} into [0-9a-f]{40}$/;

const NO_TRAILERS: readonly string[] = [];

/** Addresses of those whom lines of the message name as having had a part in the commit. */
function trailersIn(bytes: Buffer, from: number, to: number): readonly string[] {
  const message = bytes.toString("latin1", from, Math.min(to, from + MAX_MESSAGE_BYTES));
  const found = message.matchAll(TRAILER).take(MAX_TRAILERS);
  return [...new Set(found.map(([, address = ""]) => address.toLowerCase()))];
}

const TRAILER = /^ *[a-z-]{1,30}-(?:by|with): [^\n<]{0,200}<([^>\n]{1,320})>/gim;
/** Lines beyond are not read: whoever writes a message decides how many there are. */
const MAX_MESSAGE_BYTES = 2 ** 16;
const MAX_TRAILERS = 16;

const HASH = 0x23;
const OPENING = 0x28;
const CLOSING_ROUND = 0x29;
/** GitHub numbers issues and pull requests of a repository from 1; nobody has reached this. */
const MAX_REFERENCE = 99_999_999;

/**
 * The number by which a subject line says that GitHub merged something: after `request #`, or as its last word `(#12)`.
 * Elsewhere in the line it may be part of a branch's name, which whoever asks for a merge chooses.
 */
function readReference(bytes: Buffer, from: number, end: number): number {
  let highest = 0;
  for (let at = bytes.indexOf(HASH, from); at >= 0 && at < end; at = bytes.indexOf(HASH, at + 1)) {
    const before = bytes[at - 1];
    const request = before === SPACE && bytes.toString("latin1", at - 8, at - 1) === "request";
    if (before !== OPENING && !request) continue;
    let number = 0;
    let next = at + 1;
    for (; next < end; next++) {
      const digit = (bytes[next] ?? 0) - 0x30;
      if (digit < 0 || digit > 9) break;
      number = number * 10 + digit;
    }
    if (!request && (bytes[next] !== CLOSING_ROUND || next + 1 !== end)) continue;
    if (number <= MAX_REFERENCE && number > highest) highest = number;
  }
  return highest;
}

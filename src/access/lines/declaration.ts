import { parseCodeOwners } from "../../change/formats/code-owners.ts";
import type { Steps } from "../../slices.ts";

/** Whom a file names that says who looks after what; logins and teams in lower case. */
export interface Declared {
  readonly logins: ReadonlySet<string>;
  /** Slugs, without the organisation. */
  readonly teams: ReadonlySet<string>;
  /** Entries that name nobody whom GitHub's ids could be asked for: an address alone, a line that cannot be read. */
  readonly unread: number;
}

/** The longest declaration that is read; what GitHub loads of CODEOWNERS is less. */
export const MAX_DECLARATION_MIB = 3;

/** Whether a path is one of CODEOWNERS; other declarations tell their form themselves. */
export const isCodeOwners = (path: string): boolean => /(?:^|[/\\])CODEOWNERS$/i.test(path);

/**
 * Reads CODEOWNERS, OWNERS with lists of approvers and reviewers, and MAINTAINERS or OWNERS as text or Markdown, where
 * `@login` and links to github.com/LOGIN count and whoever stands below a heading of former ones does not.
 */
export function* readDeclaration(path: string, text: string): Steps<Declared> {
  if (isCodeOwners(path)) {
    const { rules, badCount } = yield* parseCodeOwners(text);
    const owners = rules.flatMap((rule) => rule.owners);
    return declaredBy(owners.map(mentionOf), badCount);
  }
  const lines = text.replace(/^\ufeff/, "").split("\n");
  const isList = lines.some((line) => LISTED.test(KEY.exec(line)?.[1] ?? ""));
  return declaredBy([...(yield* isList ? inLists(lines) : inText(lines))], 0);
}

/** Items below approvers and the like; below any other key at the margin stands somebody or something else. */
function* inLists(lines: readonly string[]): Steps<readonly Mention[]> {
  const found: Mention[] = [];
  let isListed = false;
  for (const line of lines) {
    yield;
    const key = KEY.exec(line)?.[1];
    if (key !== undefined) isListed = LISTED.test(key);
    const item = isListed ? ITEM.exec(line)?.[1] : undefined;
    if (item !== undefined) found.push({ login: item.replace(/^@/, "") });
  }
  return found;
}

function* inText(lines: readonly string[]): Steps<readonly Mention[]> {
  const found: Mention[] = [];
  let isFormer = false;
  for (const line of lines) {
    yield;
    const heading = HEADING.exec(line)?.[1];
    if (heading !== undefined) isFormer = FORMER.test(heading);
    if (!isFormer) found.push(...mentionsIn(line));
  }
  return found;
}

type Mention = { readonly login: string } | { readonly team: string } | "unread";

/** A key of YAML at the margin, and an item below it. */
const KEY = /^["']?([\w-]{1,60})["']?:/;
const LISTED = /^(?:approvers|reviewers|maintainers|owners)$/i;
const ITEM = /^\s{0,20}-\s{1,20}["']?(@?[a-z\d-]{1,40})["']?\s{0,20}(?:#.*)?$/i;
const HEADING = /^(?:#{1,6}\s{1,20})(.{1,200})$/;
const FORMER = /emerit|former|alumni|retired|inactive|past /i;

const LOGIN = "[a-z\\d](?:-?[a-z\\d]){0,38}";
const NAMED = new RegExp(
  `(?<![\\w.@/-])@(${LOGIN})(?:/([\\w-]{1,100}))?(?![\\w@-])|github\\.com/(${LOGIN})(?!/?[\\w-])`,
  "gi",
);
const ADDRESS = /[^\s<>@]{1,64}@[\w-]{1,63}\.[\w.-]{1,190}/;

/** Lines of declarations are short; a longer one would take its time. */
const MAX_LINE_CHARS = 4_000;

function mentionsIn(line: string): readonly Mention[] {
  if (line.length > MAX_LINE_CHARS) return ["unread"];
  const named = [...line.matchAll(NAMED)].map(([, login = "", team, linked]): Mention => {
    return team === undefined ? { login: linked ?? login } : { team };
  });
  return named.length === 0 && ADDRESS.test(line) ? ["unread"] : named;
}

/** An owner as CODEOWNERS writes it. */
function mentionOf(owner: string): Mention {
  const [, login, team] = /^@([\w-]{1,100})(?:\/([\w.-]{1,100}))?$/.exec(owner) ?? [];
  if (login === undefined) return "unread";
  return team === undefined ? { login } : { team };
}

function declaredBy(mentions: readonly Mention[], badCount: number): Declared {
  const logins = new Set<string>();
  const teams = new Set<string>();
  let unread = badCount;
  for (const mention of mentions) {
    if (mention === "unread") unread += 1;
    else if ("login" in mention) logins.add(mention.login.toLowerCase());
    else teams.add(mention.team.toLowerCase());
  }
  return { logins, teams, unread };
}

import { type History, historyOf } from "../history.ts";
import type { AccountMap } from "../people/account-map.ts";
import { type MailmapEntry, parseMailmap } from "../people/mailmap.ts";
import type { GitSettings } from "./git.ts";
import { runGit } from "./git.ts";
import { type Place, type ReadOptions, readRepository } from "./read.ts";

export interface Loaded {
  readonly history: History;
  readonly commitCount: number;
  readonly malformedCount: number;
  readonly readMs: number;
  readonly identifyMs: number;
}

/** Reads a repository and joins its people into identities. `clock` gives milliseconds. */
export async function loadHistory(
  place: Place,
  accounts: AccountMap["accounts"],
  options: ReadOptions & { readonly clock: () => number },
): Promise<Loaded> {
  const { clock } = options;
  const startedAt = clock();
  const [{ table, summary }, mailmap] = await Promise.all([
    readRepository(place, options),
    mailmapOf(place, options.rev ?? null, options),
  ]);
  const readAt = clock();
  const history = historyOf(table, { accounts, mailmap });
  return { history, ...summary, readMs: readAt - startedAt, identifyMs: clock() - readAt };
}

/** The `.mailmap` of what is read; none where there is none, or where its blob was not fetched. */
async function mailmapOf({ path }: Place, rev: string | null, settings: GitSettings): Promise<readonly MailmapEntry[]> {
  const { code, stdout } = await runGit(["--git-dir", path, "cat-file", "blob", `${rev ?? "HEAD"}:.mailmap`], settings);
  return code === 0 ? parseMailmap(stdout.toString("utf8")) : [];
}

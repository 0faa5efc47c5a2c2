import type { Fetched, UnavailableReason } from "../absence.ts";
import type { ChangeBase, ChangeFiles, ChangePush } from "../change/change.ts";
import { filesWithoutSecrets, type SecretHash } from "../change/formats/secrets.ts";
import { isRunByActions } from "../change/formats/workflow.ts";
import { withLockExcerpts } from "../change/packages/in-change.ts";
import type { ChangeSignatures } from "../change/signatures.ts";
import type { RepositoryAddress } from "../ids.ts";
import { inSlices } from "../slices.ts";
import type { PushGateway } from "./push-gateway.ts";
import { changeSignatures } from "./sources/signatures.ts";
import { withWholeFiles } from "./sources/whole-files.ts";

/** A push as its signals look at it: the change, how it came, and nothing of who pushed. */
export interface CollectedPush {
  readonly files: ChangeFiles["files"];
  readonly base?: ChangeBase;
  /** What GitHub did not show. */
  readonly unread: readonly { readonly path: null; readonly what: string }[];
  readonly push: ChangePush & { readonly branch: string; readonly commitSubjects: readonly string[] };
  /** Absent where GitHub showed nothing. */
  readonly signatures?: ChangeSignatures;
}

/**
 * What a push brought. Only a comparison that cannot be had is a failure. Cost: 1 request, 1 more where it touches what
 * Actions run, 1 where a commit names an account and nobody signed it, and 1 for ten files that are read whole, at most 3.
 */
export async function collectPush(input: {
  readonly gateway: PushGateway;
  readonly repository: RepositoryAddress;
  readonly branch: string;
  /** The commit that the branch stood at; of a branch that is new the branch that it is measured by. */
  readonly base: string;
  readonly headSha: string;
  readonly byApp: boolean;
  readonly secretHash: SecretHash;
}): Promise<Fetched<CollectedPush>> {
  const { gateway, repository, branch, base, headSha, byApp, secretHash } = input;
  const answer = await gateway.compared({ repository, base, head: headSha });
  if (!answer.ok) return answer;
  const { files, commitSubjects, commitCount, commits, authorNodeIds: nodeIds } = answer.value;
  const unread = [
    ...(files.truncated ? [MORE_FILES] : []),
    ...(commitSubjects.length < commitCount ? [MORE_COMMITS] : []),
    ...(commits.length < commitSubjects.length ? [UNDATED_COMMITS] : []),
  ].map((what) => ({ path: null, what }));
  const head = { repository, headSha };
  const whole = await inSlices(withLockExcerpts(await withWholeFiles(gateway, head, files.files)));
  // Whatever it rests on, an App's push is no news: nobody needs to ask.
  const asks = !byApp && files.files.some(({ path }) => isRunByActions(path));
  const earlier = asks ? await gateway.earlierCommits({ repository, before: base }) : null;
  if (earlier?.ok === false && MAY_YET_COME.has(earlier.reason)) return earlier;
  // An App commits under names that owners let it use.
  const signatures = byApp
    ? { authors: [], unshown: 0 }
    : await changeSignatures(gateway, { repository, before: base, commits, commitCount, nodeIds, newcomer: null });
  return {
    ok: true,
    value: {
      signatures,
      files: await inSlices(filesWithoutSecrets(whole, secretHash)),
      // What was pushed is there: it is no head of a pull request any more.
      base: { owner: repository.owner.toLowerCase(), runsHeads: null },
      unread,
      push: { byApp, earlier: earlier?.ok ? earlier.value : null, branch, commitSubjects },
    },
  };
}

/** GitHub's trouble, which is waited out: what it would say decides how grave the change is. */
const MAY_YET_COME: ReadonlySet<UnavailableReason> = new Set<UnavailableReason>([
  "rate_limited",
  "timeout",
  "upstream_error",
]);

const MORE_FILES = "GitHub shows the first 300 files of a push";
const UNDATED_COMMITS = "the dates of some commits cannot be read";
const MORE_COMMITS = "the subjects of its first 100 commits were read";

import type { Fetched } from "../absence.ts";
import { type ChangeFiles, signedBy } from "../change/change.ts";
import { filesWithoutSecrets, type SecretHash } from "../change/formats/secrets.ts";
import { withLockExcerpts } from "../change/packages/in-change.ts";
import type { Instant } from "../clock.ts";
import type { AccountId, RepositoryAddress, RepositoryId } from "../ids.ts";
import { inSlices } from "../slices.ts";
import { type Dossier, dossier, present, type Section, unavailable } from "./dossier.ts";
import type { GrantEvent } from "./facts.ts";
import type { AccountGateway, DossierGateway, PullRequestFacts } from "./gateway.ts";
import type { Role } from "./role.ts";
import {
  type AccountSections,
  accountSections,
  isKnown,
  keysSection,
  REQUESTS,
  section,
  worthKeeping,
  worthKeepingWith,
} from "./sources/account.ts";
import { changeBase } from "./sources/base.ts";
import { changeBefore, type EarlierLooks } from "./sources/before.ts";
import { changeSections, commitsShown, isPartlyShown } from "./sources/change.ts";
import { factsForChange, wantsKeys } from "./sources/kept-facts.ts";
import { changeSignatures, habitsIn, type KnownHabits } from "./sources/signatures.ts";
import { changeThread } from "./sources/thread.ts";
import { withWholeFiles } from "./sources/whole-files.ts";

/**
 * Most requests one pull request may cost, whoever opened it (PRODUCT.md, promise 7), one for each hundred files
 * beyond the first, one for ten files that are read whole, one for workflows that may run what it brings, one for unsigned
 * commits and one for comments of outsiders: whatever the change is, the account is asked about as much.
 */
export const MAX_REQUESTS = 7;

/** What is already stored about the account: sections of an earlier dossier, our own snapshots, the local list. */
export type KnownSections = Partial<Dossier["sections"]>;

export type CollectedPullRequest =
  /** GitHub's answer is older than the delivery, and of another head: nothing was judged. */
  | { readonly behind: true }
  | {
      readonly behind: false;
      readonly facts: PullRequestFacts;
      readonly dossier: Dossier;
      /** What the store may keep about the account; null when nothing new, or not all of it, was read. */
      readonly toCache: AccountSections | null;
    };

/**
 * The dossier of a pull request's head and its author: of the head that GitHub names now, which is not always the one
 * that was delivered. Only a missing Q1 is a failure: any other missing answer is a missing section. Cost: 2 requests
 * for a known author (3 once it was renamed, 2 more where it signs and was read days ago), at most 7 for an unknown one; 1 for each hundred files beyond the first,
 * at most 3 for files that are read whole, and 1 for workflows where it brings code that runs by itself; 1 for commits
 * that nobody signed, by an account that committed here before and of which no look of the last day here says how it
 * signs; 1 where two accounts without a tie spoke within three days; 1 when GitHub is behind.
 */
export async function collectPullRequest(input: {
  readonly gateway: DossierGateway;
  readonly repository: RepositoryAddress;
  readonly pullRequest: {
    readonly nodeId: string;
    readonly number: number;
    readonly headSha: string;
    readonly updatedAt: Instant;
  };
  /** The opener as the delivery named it; null for a deleted account. `known` counts only if Q1 names the same id. */
  readonly author: { readonly id: number; readonly login: string } | null;
  readonly known: KnownSections;
  /** Whether a change of these files wants its author looked at as he is today. */
  readonly isSensitive: (paths: readonly string[]) => boolean;
  readonly looks: EarlierLooks;
  readonly secretHash: SecretHash;
  readonly asOf: Instant;
}): Promise<Fetched<CollectedPullRequest>> {
  const { gateway, repository, pullRequest, author, looks, asOf } = input;
  const before = gateway.usage.requests;
  const answer = await gateway.pullRequest({
    repository,
    pullRequestNodeId: pullRequest.nodeId,
    authorLogin: author?.login ?? "ghost",
  });
  if (!answer.ok) return answer;
  const facts = answer.value;
  const isBehind = Date.parse(facts.updatedAt) < Date.parse(pullRequest.updatedAt);
  if (isBehind && facts.headSha !== pullRequest.headSha) return { ok: true, value: { behind: true } };
  const beforeFiles = gateway.usage.requests;
  const listed = await gateway.pullRequestFiles({ repository, number: pullRequest.number });
  const files = listed.ok
    ? {
        ...listed,
        value: await kept(gateway, { repository, ...facts, asOf, secretHash: input.secretHash }, listed.value),
      }
    : listed;
  const signatures = await signaturesSection(gateway, { repository, facts, looks, asOf });
  const thread = section(await changeThread(gateway, facts), asOf);
  const furtherRequests = Math.max(0, gateway.usage.requests - beforeFiles - 1);
  const isAuthor = facts.author.id !== null && facts.author.id === author?.id;
  const isSensitive = facts.changedFileCount > facts.paths.length || input.isSensitive(facts.paths);
  const standing = { merges: facts.mergesInOrganization, isSensitive, asOf };
  const known = isAuthor ? factsForChange(input.known, standing) : {};
  const requestsLeft = (): number => MAX_REQUESTS + furtherRequests - (gateway.usage.requests - before);
  const read = await authorSections(gateway, facts, { known, asOf, requestsLeft });
  const sections = {
    ...known,
    ...read,
    // After Q2, whose answer may lack what Q1 has just said.
    ...profileOf(facts, asOf),
    ...changeSections(facts, files, { asOf, before: await changeBefore(facts, comparable(facts, files), looks) }),
    "change.signatures": signatures,
    "change.thread": thread,
    "access.recordHere": recordOf(facts, asOf),
  };
  const subject = { accountId: facts.author.id, kind: facts.author.kind };
  const toCache = worthKeepingWith(
    known,
    Object.keys(read).length === 0 ? read : { ...read, ...profileOf(facts, asOf) },
  );
  return { ok: true, value: { behind: false, facts, dossier: dossier({ asOf, subject }, sections), toCache } };
}

/** The change as it is kept and shown, in slices: it is as long as its author likes. */
async function kept(
  gateway: DossierGateway,
  head: Parameters<typeof withWholeFiles>[1] & { readonly asOf: Instant; readonly secretHash: SecretHash },
  change: ChangeFiles,
): Promise<ChangeFiles> {
  const files = await inSlices(withLockExcerpts(await withWholeFiles(gateway, head, change.files)));
  const base = await changeBase(gateway, head.repository, files, head.asOf);
  return { ...change, files: await inSlices(filesWithoutSecrets(files, head.secretHash)), base };
}

/** Of a list that is known to be cut nothing can be compared. */
const comparable = (facts: PullRequestFacts, files: Fetched<ChangeFiles>) =>
  files.ok && !isPartlyShown(facts, files) ? files.value.files : null;

/** Of whom GitHub says that he never committed here nothing need be asked. */
async function signaturesSection(
  gateway: DossierGateway,
  about: {
    readonly repository: RepositoryAddress;
    readonly facts: PullRequestFacts;
    readonly looks: EarlierLooks;
    readonly asOf: Instant;
  },
): Promise<Dossier["sections"]["change.signatures"]> {
  const { repository, facts, looks, asOf } = about;
  const { commits, commitCount, authorNodeIds: nodeIds, author, authorAssociation } = facts;
  if (!commitsShown(facts)) return unavailable("incomplete");
  const newcomer = NEVER_COMMITTED.has(authorAssociation) ? author.id : null;
  let oldest = asOf;
  const known = async (): Promise<KnownHabits | null> => {
    const habits = habitsIn(await looks.lately(), asOf);
    oldest = habits?.at ?? asOf;
    return habits;
  };
  const change = { repository, before: null, commits, commitCount, nodeIds, newcomer };
  return present(await changeSignatures(gateway, { ...change, known }), oldest);
}

const NEVER_COMMITTED: ReadonlySet<string> = new Set(["NONE", "FIRST_TIMER", "FIRST_TIME_CONTRIBUTOR"]);

/** Only people's own accounts have a history to ask for. */
async function authorSections(
  gateway: DossierGateway,
  { author, commits }: PullRequestFacts,
  options: { readonly known: KnownSections; readonly asOf: Instant; readonly requestsLeft: () => number },
): Promise<AccountSections> {
  if (author.kind !== "user" || author.nodeId === null) return {};
  const signs = author.id !== null && commits.some(signedBy(author.id));
  if (isKnown(options.known)) {
    const asksKeys = signs && wantsKeys(options.known, options.asOf) && options.requestsLeft() >= REQUESTS.keys;
    return asksKeys ? keysSection(gateway, author.login, options.asOf) : {};
  }
  return accountSections(gateway, { nodeId: author.nodeId, login: author.login }, { ...options, signs });
}

/** Q1 already says when the account was made. */
function profileOf({ author }: PullRequestFacts, asOf: Instant): AccountSections {
  if (author.id === null || author.createdAt === null) return {};
  return { "account.profile": present({ accountId: author.id, createdAt: author.createdAt }, asOf) };
}

function recordOf({ mergesInOrganization: merges }: PullRequestFacts, asOf: Instant) {
  return merges === null ? unavailable("incomplete") : present({ ...merges, firstContactAt: null }, asOf);
}

export interface CollectedCollaborator {
  readonly dossier: Dossier;
  readonly toCache: AccountSections | null;
}

/**
 * The dossier of somebody who was given a role on a repository. Never fails: what is missing is a missing section.
 * Cost: 3 requests for a known account, 4 to 8 for an unknown one; fewer on personal accounts.
 */
export async function collectCollaborator(input: {
  readonly gateway: AccountGateway & Pick<DossierGateway, "membership">;
  readonly repository: RepositoryAddress & { readonly id: RepositoryId };
  /** False when the repository belongs to a person. */
  readonly ownedByOrganization: boolean;
  readonly account: { readonly id: AccountId; readonly nodeId: string; readonly login: string };
  /** The role in force, which the delivery may be too old to know. */
  readonly grant: { readonly role: Role; readonly previousRole: Role | null; readonly grantedAt: Instant };
  readonly known: KnownSections;
  readonly asOf: Instant;
}): Promise<CollectedCollaborator> {
  const { gateway, repository, account, asOf, known } = input;
  const { login } = account;
  const before = gateway.usage.requests;
  const requestsLeft = (): number => MAX_REQUESTS - (gateway.usage.requests - before);
  const read = isKnown(known) ? {} : await accountSections(gateway, account, { asOf, requestsLeft });
  const sections = {
    ...known,
    ...read,
    "access.grant": await grantSection(input),
    "access.recordHere": section(await gateway.recordHere({ repository, login }), asOf),
    "access.lastActivity": await lastActivitySection(input),
  };
  const subject = { accountId: account.id, kind: "user" } as const;
  return { dossier: dossier({ asOf, subject }, sections), toCache: worthKeeping(read) };
}

type CollaboratorInput = Parameters<typeof collectCollaborator>[0];

/** Whether the grant goes to somebody outside decides what it means, so without that the grant is unknown. */
async function grantSection(input: CollaboratorInput): Promise<Section<GrantEvent>> {
  const { gateway, repository, account, asOf } = input;
  const grant = { repositoryId: repository.id, ...input.grant, ssoLinked: null };
  if (!input.ownedByOrganization) return present({ ...grant, via: "direct" }, asOf);
  const standing = await gateway.membership({ organization: repository.owner, login: account.login });
  if (!standing.ok) return unavailable(standing.reason, standing.retryAt);
  return present({ ...grant, via: standing.value === "none" ? "outside" : "direct" }, asOf);
}

async function lastActivitySection(input: CollaboratorInput): Promise<Dossier["sections"]["access.lastActivity"]> {
  if (!input.ownedByOrganization) return unavailable("not_requested");
  const { gateway, repository, account, asOf } = input;
  const answer = await gateway.lastActivity({ organization: repository.owner, login: account.login, now: asOf });
  return section(answer, asOf);
}

import type { Fetched } from "../absence.ts";
import type { AccessRepository, AccessSnapshot, SnapshotDepth } from "../access/grant.ts";
import type { InvitedRole } from "../access/invitation.ts";
import type { LiveRepository, LiveTeam } from "../access/live/live.ts";
import type { Instant } from "../clock.ts";
import type { SubjectKind } from "../dossier/dossier.ts";
import type { AccountGateway, DossierGateway } from "../dossier/gateway.ts";
import type { PushGateway } from "../dossier/push-gateway.ts";
import type { Role } from "../dossier/role.ts";
import type { AccountId, InstallationId, RepositoryAddress } from "../ids.ts";
import type { AccountRef } from "../job/job.ts";
import type { SealedCheckInput, SealedChecks } from "../publication/publish.ts";
import type { FindingsChecks } from "../publication/publish-findings.ts";
import type { ListingGateway } from "./listing-gateway.ts";

export type { CreatedApp, LoginGateway } from "./login-gateway.ts";

export interface AccountAddress {
  readonly id: AccountId;
  readonly nodeId: string;
  /** Label only. */
  readonly login: string;
  readonly kind: SubjectKind;
}

/** An invitation of one account to the organisation. */
export interface WaitingInvitation {
  readonly role: InvitedRole;
  readonly teamNodeIds: readonly string[];
  readonly invitedAt: Instant;
  /** Null where GitHub does not say who invited. */
  readonly inviterId: AccountId | null;
}

/** GitHub as one installation sees it. Every method names its cost in requests; none retries a write by itself. */
export interface InstallationGateway extends DossierGateway, PushGateway, ListingGateway, SealedChecks, FindingsChecks {
  readonly installationId: InstallationId;
  /** The commit at the tip of a pull request, 1 request; 2 with an old token of a selection. */
  pullRequestHead(input: { readonly repository: RepositoryAddress; readonly number: number }): Promise<Fetched<string>>;
  /** Effective role of an account on a repository over all sources, 1 request; null when it has none. */
  role(input: { readonly repository: RepositoryAddress; readonly login: string }): Promise<Fetched<Role | null>>;
  /** True when the account is an active owner of the organisation, 1 request. */
  isOwner(input: { readonly organization: string; readonly login: string }): Promise<Fetched<boolean>>;
  /**
   * True when the account is an active member of the organisation's team or of one below it, 1 request; false too when
   * there is no such team.
   */
  isInTeam(input: {
    readonly organization: string;
    readonly team: string;
    readonly login: string;
  }): Promise<Fetched<boolean>>;
  /** Current login of an account id, 1 request. */
  loginOf(id: AccountId): Promise<Fetched<string>>;
  /** How an account is addressed and what kind it is, by its id, 1 request. */
  accountWithId(id: AccountId): Promise<Fetched<AccountAddress>>;
  /** The same by its login of today, 1 request. */
  accountNamed(login: string): Promise<Fetched<AccountAddress>>;
  /** The same, and when GitHub made the account, 1 request: a login can be a younger account's than who is meant. */
  accountSince(login: string): Promise<Fetched<AccountAddress & { readonly createdAt: Instant }>>;
  /**
   * Full access graph by A1, A2 and the member lists; about 85 requests for 1,000 repositories and 5,000 members. As deep as the
   * organisation also what guards branches, the teams that rules name, roles, Apps, tokens, secrets by name, runners:
   * about 85 more. As deep as repositories also what each of the first 300 has of its own: 3 more for each.
   */
  accessSnapshot(input: {
    readonly organization: string;
    readonly now: Instant;
    readonly depth: SnapshotDepth;
    readonly onProgress: (done: number, total: number | null) => void;
  }): Promise<Fetched<AccessSnapshot>>;
  /**
   * A team by its node id, then those above it: everybody whom each reaches, and the roles that are its own; empty when
   * the team is gone. 1 request, and 1 per further 100 members or repositories of each.
   */
  teamAccess(input: {
    readonly nodeId: string;
    readonly organization: string;
  }): Promise<Fetched<readonly Omit<LiveTeam, "askedAt">[]>>;
  /**
   * A repository, whose it is, and who holds a role of their own there (null where GitHub does not say); 1 request (2
   * with an old token where it is not found), and 1 per further 100 people.
   */
  repositoryAccess(repository: RepositoryAddress): Promise<
    Fetched<{
      readonly is: AccessRepository;
      readonly ownerId: AccountId;
      readonly direct: LiveRepository["direct"];
    }>
  >;
  /**
   * The invitation to the organisation that waits for whoever has this login, and the teams that come with it; null for
   * none. 1 request per 100 invitations, and 1 for the teams.
   */
  invitationOf(input: {
    readonly organization: string;
    readonly login: string;
  }): Promise<Fetched<WaitingInvitation | null>>;
  /** A file on the default branch, 1 request; `not_found` when there is none, `too_large` over `maxBytes`. */
  fileOnDefaultBranch(input: {
    readonly repository: RepositoryAddress;
    readonly path: string;
    readonly maxBytes: number;
  }): Promise<Fetched<{ readonly text: string; readonly sha: string }>>;
  /**
   * Workflows on the default branch, the actions in folders of `.github/actions` and the one at the root, 1 request;
   * actions elsewhere are not asked for.
   */
  workflowFiles(repository: RepositoryAddress): Promise<Fetched<WorkflowFiles>>;
  /** Pull requests whose head is this commit, 1 request; forks included. */
  pullRequestsOfHead(input: { readonly repository: RepositoryAddress; readonly headSha: string }): Promise<
    Fetched<
      readonly {
        readonly number: number;
        readonly nodeId: string;
        readonly headSha: string;
        readonly updatedAt: Instant;
        readonly author: AccountRef | null;
      }[]
    >
  >;
  /** Overwrites one of our check runs with the sealed constant, 1 request. */
  resealCheck(
    input: { readonly repository: RepositoryAddress; readonly checkRunId: number } & SealedCheckInput,
  ): Promise<Fetched<null>>;
  /** Adds one label, 1 request; adding it twice is one label. Throws OperatingError. */
  addLabel(input: {
    readonly repository: RepositoryAddress;
    readonly number: number;
    readonly name: string;
  }): Promise<void>;
}

/** The GitHub Actions files of one repository, and what of them could not be had. */
export interface WorkflowFiles {
  /** `owner/repository` of today; null for a folder. */
  readonly name: string | null;
  /** Null where nobody knows. */
  readonly isPublic: boolean | null;
  /** In the order of their paths. */
  readonly files: readonly { readonly path: string; readonly text: string }[];
  readonly missing: readonly { readonly path: string; readonly reason: string }[];
}

/** What commands ask to look at an account or an organisation, as the App or with somebody's own token. */
export type LookingGateway = AccountGateway &
  Pick<
    InstallationGateway,
    | "accountNamed"
    | "membership"
    | "repositoryAt"
    | "accessSnapshot"
    | "pullRequestFiles"
    | "pullRequestHead"
    | "headFiles"
    | "workflowFiles"
  >;

/** One delivery as GitHub's own log lists it. */
export interface LoggedDelivery {
  readonly id: number;
  readonly guid: string;
  readonly deliveredAt: Instant;
  readonly status: string;
  /** What the delivery was answered with; GitHub's own 5xx when no answer came. */
  readonly statusCode: number;
  readonly event: string;
  readonly action: string | null;
}

/**
 * A reading that is long and has time. Whoever began it keeps what GitHub answered, so that after a crash or a pause it
 * goes on where it was; and while little of the installation's hourly quota is left it pauses, which ends the job with
 * OperatingError (`budget_low`).
 */
export interface Reading {
  /** What was answered to the question before; null when nothing was. */
  recall(question: string): Promise<string | null>;
  keep(question: string, answer: string): Promise<void>;
  /** Told before it ends so. */
  pause(until: Instant): Promise<void>;
}

/** GitHub as the App itself sees it. */
export interface AppGateway {
  /** Lists and queries of a `reading` are answered by what it keeps, where it does; single REST answers are asked for anew. */
  installation(id: InstallationId, reading?: Reading): Promise<InstallationGateway>;
  installations(): Promise<
    readonly {
      readonly id: InstallationId;
      readonly accountId: AccountId;
      readonly accountLogin: string;
      readonly accountType: string;
      readonly suspended: boolean;
      readonly permissions: Readonly<Record<string, string>>;
    }[]
  >;
  /** Who this App is, and GitHub's clock at the answer (its Date header). Throws OperatingError. */
  identity(): Promise<{
    readonly appId: number;
    readonly githubNow: Instant;
    readonly permissions: Readonly<Record<string, string>>;
    readonly events: readonly string[];
  }>;
  /** Where GitHub sends this App's events; null when nowhere. 1 request. Throws OperatingError. */
  webhookUrl(): Promise<string | null>;
  /**
   * True when GitHub answers something that it must be able to answer: to the App who it is (null), to an installation
   * what it may see. 1 request, 2 when a token has to be made. A limit is an answer; never throws for a refusal.
   */
  answers(installation: InstallationId | null): Promise<boolean>;
  /** Deliveries newer than `since`, newest first; pages until there. */
  deliveriesSince(since: Instant): Promise<readonly LoggedDelivery[]>;
  /** Asks for one delivery again, 1 request; `not_found` when GitHub has dropped it from its log. */
  redeliver(id: number): Promise<Fetched<null>>;
}

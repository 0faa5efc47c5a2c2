import type { Instant } from "../../../src/clock.ts";

export type PermissionLevel = "read" | "write" | "admin";
export type Permissions = Readonly<Record<string, PermissionLevel>>;

/** A registered GitHub App. */
export interface App {
  readonly id: number;
  readonly nodeId: string;
  readonly slug: string;
  name: string;
  readonly ownerId: number;
  readonly clientId: string;
  readonly clientSecret: string;
  webhookSecret: string;
  /** SPKI PEM; the private half is handed out once and not kept. */
  readonly publicKey: string;
  hookUrl: string;
  externalUrl: string;
  readonly callbackUrls: string[];
  permissions: Permissions;
  events: readonly string[];
  readonly createdAt: Instant;
}

export interface Installation {
  readonly id: number;
  readonly appId: number;
  readonly accountId: number;
  permissions: Permissions;
  events: readonly string[];
  repositorySelection: "all" | "selected";
  /** Used when `selected`. */
  readonly repositoryIds: Set<number>;
  readonly createdAt: Instant;
  suspendedAt: Instant | null;
  singleFilePaths: readonly string[];
}

export interface CheckRun {
  readonly id: number;
  readonly nodeId: string;
  readonly suiteId: number;
  readonly appId: number;
  readonly repositoryId: number;
  readonly headSha: string;
  name: string;
  externalId: string;
  detailsUrl: string;
  status: "queued" | "in_progress" | "completed";
  conclusion: string | null;
  startedAt: Instant;
  completedAt: Instant | null;
  output: CheckOutput;
  actions: readonly { readonly label: string; readonly description: string; readonly identifier: string }[];
}

export interface CheckOutput {
  readonly title: string | null;
  readonly summary: string | null;
  readonly text: string | null;
  readonly annotationCount: number;
}

/** One attempt to bring one webhook to the App, as the delivery log keeps it. */
export interface Delivery {
  readonly id: number;
  readonly guid: string;
  readonly appId: number;
  readonly event: string;
  readonly action: string | null;
  readonly installationId: number | null;
  readonly repositoryId: number | null;
  readonly redelivery: boolean;
  readonly deliveredAt: Instant;
  readonly durationSeconds: number;
  readonly status: string;
  readonly statusCode: number;
  /** The exact bytes, so that a redelivery repeats them. */
  readonly body: string;
}

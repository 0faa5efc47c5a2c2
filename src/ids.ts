import type { $brand } from "zod";

/**
 * GitHub's numeric account id. People are keyed by it; logins are labels that can be re-registered. The marks are
 * zod's own, so that a schema gives ids as it reads them: `z.int().brand<"AccountId">()`.
 */
export type AccountId = number & $brand<"AccountId">;
/** GitHub's numeric repository id; survives renames and transfers. */
export type RepositoryId = number & $brand<"RepositoryId">;
/** GitHub's numeric installation id: the tenant. */
export type InstallationId = number & $brand<"InstallationId">;

export const accountId = (id: number): AccountId => id as AccountId;
export const repositoryId = (id: number): RepositoryId => id as RepositoryId;
export const installationId = (id: number): InstallationId => id as InstallationId;

/** Where a repository is found today. Both parts are labels that can be given to another one: the id is the key. */
export interface RepositoryAddress {
  readonly owner: string;
  readonly name: string;
}

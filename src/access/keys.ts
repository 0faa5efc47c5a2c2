import type { $brand } from "zod";

/**
 * Ids as an access graph and its files carry them: GitHub's in decimal, but any label in a file from elsewhere. Only a
 * graph that GitHub told has a number behind each key.
 */
export type AccountKey = string & $brand<"AccountId">;
export type RepositoryKey = string & $brand<"RepositoryId">;

type Kind = "AccountId" | "RepositoryId";

export const keyOf = <Of extends Kind>(id: number & $brand<Of>) => String(id) as string & $brand<Of>;
export const idOf = <Of extends Kind>(key: string & $brand<Of>) => Number(key) as number & $brand<Of>;

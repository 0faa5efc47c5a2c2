import { z } from "zod";
import { accountId, installationId, repositoryId } from "../../ids.ts";

/** Numbers as they stand in our own addresses. Anything else names nothing, and never reaches the database. */
export const positiveParameter = z
  .string()
  .regex(/^[1-9]\d{0,15}$/)
  .transform(Number)
  .refine(Number.isSafeInteger);
export const installationParameter = positiveParameter.transform(installationId);
export const repositoryParameter = positiveParameter.transform(repositoryId);
/** The number GitHub knows an account by. */
export const accountParameter = positiveParameter.transform(accountId);
/** The id of a report or a flag. */
export const rowParameter = z.string().regex(/^[\w-]{1,64}$/);

/** The address that a request is routed by: itself, or one that no route has, when no text can be made of it. */
export function routableUrl(url: string): string {
  const path = url.split("?", 1)[0] ?? "";
  try {
    decodeURIComponent(path);
    return url;
  } catch {
    return UNREADABLE;
  }
}

const UNREADABLE = "/unreadable-address";

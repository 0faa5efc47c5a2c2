import type { z } from "zod";
import type { UnavailableReason } from "../../../absence.ts";

/** A REST route with the fields that are read of its answer; the rest is dropped before anybody sees it. */
export interface Endpoint<T> {
  readonly route: string;
  readonly schema: z.ZodType<T>;
  /** What a refusal as invalid (400, 422) says here, where it says something about the thing asked for. */
  readonly invalidMeans?: UnavailableReason;
}

export const endpoint = <T>(route: string, schema: z.ZodType<T>): Endpoint<T> => ({ route, schema });

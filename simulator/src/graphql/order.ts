import type { Repository } from "../world/world.ts";

/** How repositories can be sorted. */
export const REPOSITORY_ORDER: Readonly<Record<string, (repository: Repository) => string | number>> = {
  CREATED_AT: ({ createdAt }) => createdAt,
  PUSHED_AT: ({ pushedAt }) => pushedAt,
  UPDATED_AT: ({ pushedAt }) => pushedAt,
  STARGAZERS: ({ stars }) => stars,
  NAME: ({ name }) => name,
};

import type { z } from "zod";
import type { Fetched } from "../../../absence.ts";
import type { QueryName } from "../queries.ts";
import type { Parameters } from "../transport/endpoints.ts";
import { missing, query, type Session } from "../transport/session.ts";
import type { pageInfo } from "../transport/shapes.ts";
import { failureAmong, problemAt } from "../transport/translate.ts";

/** A page of a connection, and where the next one starts. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly pageInfo: z.infer<typeof pageInfo>;
}

/** A connection of edges as a page; null when there is no connection. */
export const pageOf = <Item>(
  connection: { readonly edges: readonly Item[]; readonly pageInfo: Page<Item>["pageInfo"] } | null | undefined,
): Page<Item> | null => (connection ? { items: connection.edges, pageInfo: connection.pageInfo } : null);

/** More than any organisation has: 100,000 members, 50,000 repositories. */
const MAX_PAGES = 1_000;

/**
 * Every item of a paged query, in GitHub's order; 1 request per page. A cursor that comes back, a list without an end,
 * and any part that GitHub failed to answer make the whole missing: half a list would read as people who left. What
 * GitHub keeps from the App is null, and the caller's to name.
 */
export async function allPages<Answer, Item>(
  session: Session,
  name: QueryName,
  options: {
    readonly schema: z.ZodType<Answer>;
    readonly variables: Parameters;
    /** Where the connection sits in the answer, to find the problem that took it away. */
    readonly at: readonly string[];
    readonly page: (data: Answer) => Page<Item> | null | undefined;
    readonly onPage?: (itemCount: number) => void;
    /** Where to go on after a first page that came with another query. */
    readonly after?: string | null;
  },
): Promise<Fetched<readonly Item[]>> {
  const items: Item[] = [];
  const seen = new Set<string | null>();
  let cursor = options.after ?? null;
  while (!seen.has(cursor) && seen.size < MAX_PAGES) {
    seen.add(cursor);
    const variables = { ...options.variables, cursor };
    const answer = await query(session, name, { schema: options.schema, variables });
    if (!answer.ok) return answer;
    const { data, problems } = answer.value;
    const failed = failureAmong(problems);
    if (failed !== null) return missing(session, name, failed);
    const page = options.page(data);
    if (!page) return missing(session, name, problemAt(problems, options.at) ?? "not_found");
    items.push(...page.items);
    options.onPage?.(items.length);
    if (!page.pageInfo.hasNextPage) return { ok: true, value: items };
    cursor = page.pageInfo.endCursor;
  }
  return missing(session, name, "incomplete");
}

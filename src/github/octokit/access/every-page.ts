import type { Fetched } from "../../../absence.ts";
import type { Endpoint, Parameters } from "../transport/endpoints.ts";
import { kept } from "../transport/kept.ts";
import { missing, read, type Session } from "../transport/session.ts";

export const PER_PAGE = 100;
const MAX_PAGES = 1_000;

/**
 * Every entry of a list, 1 request per 100; a list without an end is `incomplete`. A reading keeps it as a whole, because
 * numbered pages shift while it pauses.
 */
export const everyPage = <Item>(
  session: Session,
  endpoint: Endpoint<readonly Item[]>,
  parameters: Parameters,
): Promise<Fetched<readonly Item[]>> =>
  kept(session.reading, [endpoint.route, parameters], { ask: () => allOf(session, endpoint, parameters) });

async function allOf<Item>(
  session: Session,
  endpoint: Endpoint<readonly Item[]>,
  parameters: Parameters,
): Promise<Fetched<readonly Item[]>> {
  const items: Item[] = [];
  for (let page = 1; page <= MAX_PAGES; page++) {
    const answer = await read(session, endpoint, { ...parameters, per_page: PER_PAGE, page });
    if (!answer.ok) return answer;
    items.push(...answer.value);
    if (answer.value.length < PER_PAGE) return { ok: true, value: items };
  }
  return missing(session, endpoint.route, "incomplete");
}

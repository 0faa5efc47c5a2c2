import type { Fetched } from "../../../absence.ts";
import type { Endpoint, Parameters } from "../transport/endpoints.ts";
import { missing, read, type Session } from "../transport/session.ts";

const PER_PAGE = 100;
const MAX_PAGES = 1_000;

/** Every entry of a list, 1 request per 100; a list without an end is `incomplete`. */
export async function everyPage<Item>(
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

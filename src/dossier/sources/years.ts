import type { Fetched } from "../../absence.ts";
import type { Instant } from "../../clock.ts";
import type { ClaimedYear } from "../../history/traces/traces.ts";
import type { AccountYears } from "../facts.ts";
import type { DossierGateway } from "../gateway.ts";
import { MOST_YEARS } from "../scan-gateway.ts";

/** What GitHub dates of the years into which commits are dated, and of their neighbours, the newest ten. At most 1 request. */
export async function yearsAround(
  gateway: Pick<DossierGateway, "contributionYears">,
  about: {
    readonly claimed: readonly ClaimedYear[];
    readonly account: { readonly nodeId: string };
    readonly asOf: Instant;
  },
): Promise<Fetched<AccountYears>> {
  const { claimed, account, asOf } = about;
  const last = Number(asOf.slice(0, 4));
  const wanted = new Set(claimed.flatMap(({ year }) => [year - 1, year, year + 1]));
  const years = [...wanted]
    .filter((year) => year <= last)
    .sort((a, b) => b - a)
    .slice(0, MOST_YEARS);
  if (years.length === 0) return { ok: true, value: { years: [] } };
  const answer = await gateway.contributionYears({ nodeId: account.nodeId, years, now: asOf });
  return answer.ok ? { ok: true, value: { years: answer.value.toReversed() } } : answer;
}

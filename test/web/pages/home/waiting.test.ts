import type { Action } from "../../../../src/decision/decision.ts";
import { urgencyOf } from "../../../../src/decision/urgency.ts";
import type { Report } from "../../../../src/store/store.ts";
import {
  chosen,
  inOrderOfUrgency,
  type ListQuery,
  listQuery,
  reportList,
} from "../../../../src/web/pages/home/waiting.ts";
import { expect, test } from "../../../support/jest.ts";
import { collaboratorReport, NOW, report } from "../../support/reports.ts";

const asking = (id: string, actions: readonly Action[], more: Partial<Report> = {}): Report =>
  report({ id, decision: { ...report().decision, actions }, createdAt: "2026-11-20T00:00:00.000Z", ...more });
const ids = (reports: readonly { readonly id: string }[]) => reports.map(({ id }) => id);

test("what waits: the most urgent first, then the newest; what was closed or reviewed comes last", () => {
  const reviewed = { byAccountId: report().accountId!, byLogin: "x", at: NOW };
  const reports = [
    asking("silent", ["silent"]),
    asking("open door", ["standing_exposure"]),
    asking("review", ["access_review"]),
    asking("older", ["reviewer_hint"], { createdAt: "2026-11-19T00:00:00.000Z" }),
    asking("within a day", ["private_evidence_card", "access_review_24h"]),
    asking("done", ["incident_playbook"], { reviewed }),
    asking("closed", ["incident_playbook"], { closedAt: NOW }),
    asking("untrusted code", ["suggest_second_reviewer", "suggest_block_as_untrusted_code"]),
  ];
  const order = ["untrusted code", "within a day", "review", "older", "open door", "silent", "done", "closed"];
  expect(ids(inOrderOfUrgency(reports))).toEqual(order);
  expect(ids(inOrderOfUrgency(reports.toReversed()))).toEqual(
    // Of two that are as urgent and as old the order stays as it was.
    [...order.slice(0, 6), "closed", "done"],
  );
});

test("urgency: by the most urgent of several actions", () => {
  expect(urgencyOf({ actions: ["silent"] })).toBeGreaterThan(urgencyOf({ actions: ["standing_exposure"] }));
  expect(urgencyOf({ actions: ["silent", "incident_playbook"] })).toBe(0);
});

test.each<[Partial<Record<keyof ListQuery, unknown>>, readonly string[]]>([
  [{}, ["rep-412-a", "rep-collab-a"]],
  [{ q: "TYPO" }, ["rep-412-a"]],
  [{ q: "#412" }, ["rep-412-a"]],
  [{ q: "sleeper" }, ["rep-collab-a"]],
  [{ q: " octo-org/wallet " }, ["rep-412-a", "rep-collab-a"]],
  [{ q: "nothing like it" }, []],
  [{ about: "access" }, ["rep-collab-a"]],
  [{ about: "pull requests" }, ["rep-412-a"]],
  [{ about: "__proto__", q: ["a", "b"], show: 7 }, ["rep-412-a", "rep-collab-a"]],
])("what waits: chosen by the address, %j", (query, expected) => {
  expect(ids(chosen([collaboratorReport(), report()], listQuery.parse(query)))).toEqual(expected);
});

test("what waits: each row says the first thing to do, once nobody has to do it any more nothing", () => {
  const [advice] = report().decision.advice;
  expect(reportList([report()], NOW).markup).toContain(advice);
  expect(reportList([report()], NOW).markup).toContain("to look at");
  for (const quiet of ["silent", "standing_exposure"] as const)
    expect(reportList([asking("quiet", [quiet])], NOW).markup).not.toContain("to look at");
  expect(reportList([report({ closedAt: NOW })], NOW).markup).not.toContain(advice);
});

import { compareSteps } from "../../src/access/compare-access.ts";
import { effectiveAccess } from "../../src/access/effective.ts";
import type { AccessSnapshot } from "../../src/access/grant.ts";
import { auditReport } from "../../src/access/report.ts";
import { parseAccessSnapshot } from "../../src/access/snapshot.ts";
import { atOnce } from "../../src/slices.ts";
import { describe, expect, test } from "../support/jest.ts";
import { accessErrors, auditErrors } from "./validators.ts";

/** Counts that an audit of the same graph must reach; the names are those of the published data. */
export interface ExpectedCounts {
  readonly teams: number;
  readonly repos: number;
  readonly active_repos: number;
  readonly members: number;
  readonly owners: number;
  readonly bots: number;
  readonly raw_grants: number;
  readonly effective_grants: number;
  readonly effective_by_permission: Readonly<Record<string, number>>;
  readonly accounts_with_write: number;
  readonly write_repos_per_account: { readonly p50: number; readonly p90: number; readonly max: number };
  readonly outside_accounts_with_write: number;
  readonly outside_write_grants: number;
  readonly direct_grant_already_covered_by_team: number;
  readonly direct_write_not_via_team: number;
  readonly members_without_write: number;
}

export interface Graph {
  readonly snapshot: AccessSnapshot;
  readonly expected: ExpectedCounts;
}

const CONTEXT = { flags: null, lastActs: null, dormantAfterDays: 180 } as const;

/** What must hold of the audit of an organisation whose counts are known. */
export function describeGraph({ snapshot, expected }: Graph): void {
  describe(snapshot.organization.login, () => {
    const { summary, accounts } = auditReport(snapshot, { previous: null, ...CONTEXT });

    test("audit: reaches the counts that are known", () => {
      const byRole = Object.entries(summary.effectiveByRole).filter(([, count]) => count > 0);
      // Teams without a repository leave no row in the graph, so an audit of it can know no more than there are.
      const { teams, ...counted } = expected;
      expect(summary.teams).toBeLessThanOrEqual(teams);
      expect({
        repos: summary.repositories,
        active_repos: summary.activeRepositories,
        members: summary.members,
        owners: summary.owners,
        bots: summary.bots,
        raw_grants: summary.grants,
        effective_grants: summary.effectiveGrants,
        effective_by_permission: Object.fromEntries(byRole),
        accounts_with_write: summary.accountsWithWrite,
        write_repos_per_account: summary.writeRepositoriesPerAccount,
        outside_accounts_with_write: summary.outsideAccountsWithWrite,
        outside_write_grants: summary.outsideWriteGrants,
        direct_grant_already_covered_by_team: summary.directGrantsCoveredByTeam,
        direct_write_not_via_team: summary.directWriteNotViaTeam,
        members_without_write: summary.membersWithoutWrite,
      }).toEqual(counted);
    });

    test("audit: every effective row is listed", () => {
      expect(accounts.flatMap(({ effective }) => effective)).toHaveLength(expected.effective_grants);
    });

    test("snapshot: comes back as it is when written as JSON", () => {
      expect(parseAccessSnapshot(JSON.parse(JSON.stringify(snapshot)))).toEqual(snapshot);
    });

    test("changes: a team alone explains every row that its going makes", () => {
      const teams = new Set(snapshot.grants.flatMap(({ via }) => (via.team === undefined ? [] : [via.team])));
      let rowCount = 0;
      for (const team of teams) {
        const without = { ...snapshot, grants: snapshot.grants.filter(({ via }) => via.team !== team) };
        const { removed, changed, added, escalations, causes } = atOnce(
          compareSteps(effectiveAccess(snapshot), effectiveAccess(without)),
        );
        expect([added, escalations]).toEqual([[], []]);
        const rows = removed.length + changed.length;
        expect(causes).toEqual(rows === 0 ? [] : [{ kind: "source", via: { kind: "team", team }, rows }]);
        rowCount += rows;
      }
      expect(rowCount).toBeGreaterThan(0);
    });

    test("schema: the graph and its audit are what the published schemas say", () => {
      const audit = auditReport(snapshot, { previous: snapshot, ...CONTEXT });
      expect(accessErrors(snapshot)).toEqual([]);
      expect(auditErrors(audit)).toEqual([]);
    });
  });
}

import { assess } from "../../../assessment/assess.ts";
import type { Assessment, Finding } from "../../../assessment/assessment.ts";
import { type Dossier, dossier, present } from "../../../dossier/dossier.ts";
import type { History } from "../../../history/history.ts";
import { identityKey } from "../../../history/people/identity.ts";
import type { KnownRepository, Subject } from "../../../history/people/known.ts";
import type { Table } from "../../../history/read/table.ts";
import { type SubjectStats, statsOf } from "../../../history/subject-stats.ts";
import { instantOf } from "../../../history/traces/evidence.ts";
import { originTraces } from "../../../history/traces/trace-origin.ts";
import { type Traces, tracesOf } from "../../../history/traces/traces-of.ts";
import { accountId } from "../../../ids.ts";
import { CATALOG } from "../../../signals/catalog.ts";
import type { HistoryReport } from "./schema.ts";

type Person = HistoryReport["identities"][number];
type Owner = HistoryReport["owners"][number];
type Findings = HistoryReport["findings"];

/** What the report needs to know besides the commits. */
export interface HistoryReportInput {
  readonly history: History;
  /** Seconds since 1970 by account id, where the caller said when the account was made. */
  readonly accountsMadeAt: ReadonlyMap<number, number>;
  /** By repository number. */
  readonly repositories: readonly KnownRepository[];
  readonly asOf: number;
  /** One-way hash of a text; `keyedIds` of a key. */
  readonly idOf: (text: string) => string;
}

/** Signals that read histories. */
const SIGNALS = CATALOG.filter(({ needs, needsOneOf = [] }) =>
  [...needs, ...needsOneOf].some((name) => name.startsWith("history.")),
);

/**
 * Identities, the busiest first, owners without a commit, and what was found about them, each commit taken as made by
 * whom it names. Git alone cannot say who pushed, so evidence weighs as free text and no signature counts as verified.
 */
export function reportRows(input: HistoryReportInput): Pick<HistoryReport, "identities" | "owners" | "findings"> {
  const rows = input.history.identities.list.flatMap((_, identity) => rowOf(input, identity) ?? []);
  const ordered = rows.sort((a, b) => b.person.commits - a.person.commits || (a.person.id < b.person.id ? -1 : 1));
  const owners = ownersWithoutCommits(input).map((account) => ownerRow(input, account));
  return {
    identities: ordered.map(({ person }) => person),
    owners: owners.map(({ owner }) => owner),
    findings: [...ordered, ...owners].flatMap(({ findings }) => findings),
  };
}

/**
 * With fewer commits too little was there to look at: jumps of a clock, a change of hands, work before the account and
 * work committed at once are asked of nobody with fewer than 20, and rates were measured on those who have as many.
 */
const MIN_COMMITS = 20;

function rowOf(
  input: HistoryReportInput,
  identity: number,
): { readonly person: Person; readonly findings: Findings } | null {
  const { history, idOf } = input;
  const known = history.identities.list[identity];
  const stats = statsOf(history, identity);
  if (known === undefined || stats === null) return null;
  const id = idOf(identityKey(known, history.people));
  const assessment = known.automated ? null : assessed(input, identity);
  const fired = assessment?.findings.filter(({ outcome }) => outcome === "fired") ?? [];
  const person: Person = {
    id,
    ...shown(stats, idOf),
    automated: known.automated,
    joinedBy: [...known.joinedBy],
    band: bandOf({ automated: known.automated, commits: stats.commits, assessment, fired }),
    findings: fired.map(briefly),
  };
  return { person, findings: fired.map((finding) => findingOf(finding, id, history)) };
}

function bandOf(looked: {
  readonly automated: boolean;
  readonly commits: number;
  readonly assessment: Assessment | null;
  readonly fired: readonly Finding[];
}): Person["band"] {
  const { automated, commits, assessment, fired } = looked;
  if (automated) return "insufficient_evidence";
  if (assessment !== null && fired.length > 0) return assessment.persona.band;
  return commits < MIN_COMMITS ? "insufficient_evidence" : "none";
}

const briefly = ({ signal, strength, bits }: Finding): Person["findings"][number] => ({ signal, strength, bits });

/** Accounts that own a repository, and whom no commit names. */
function ownersWithoutCommits({ history, repositories }: HistoryReportInput): readonly number[] {
  const named = new Set(history.identities.list.flatMap(({ accountIds }) => accountIds));
  const owners = new Set(repositories.flatMap(({ ownerId }) => ownerId ?? []));
  return [...owners].filter((account) => !named.has(account));
}

/**
 * Nothing but where its repositories come from can be asked about somebody without commits; bridges, too, would tie it
 * to everybody whose work it mirrors.
 */
function ownerRow(input: HistoryReportInput, account: number): { readonly owner: Owner; readonly findings: Findings } {
  const { history, repositories, asOf, idOf } = input;
  const subject: Subject = {
    identity: -1,
    accountIds: [account],
    accountCreatedAt: null,
    repositories,
    receivedAt: null,
    asOf,
  };
  const at = instantOf(asOf);
  const { persona, findings } = assess(
    dossier(
      { asOf: at, subject: { accountId: accountId(account), kind: "user" } },
      { "history.origin": present(originTraces(history, subject), at) },
    ),
    { signals: SIGNALS },
  );
  const id = idOf(`account ${account}`);
  const fired = findings.filter(({ outcome }) => outcome === "fired");
  return {
    owner: {
      id,
      account,
      repositories: repositories.flatMap(({ ownerId }, place) => (ownerId === account ? [place] : [])),
      band: fired.length > 0 ? persona.band : "insufficient_evidence",
      findings: fired.map(briefly),
    },
    findings: fired.map((finding) => findingOf(finding, id, history)),
  };
}

function assessed(input: HistoryReportInput, identity: number): Assessment | null {
  const { history, accountsMadeAt, repositories, asOf } = input;
  const accounts = history.identities.list[identity]?.accountIds ?? [];
  // An account that nobody dated may be the oldest.
  const firstMadeAt = accounts.reduce(
    (first, account) => Math.min(first, accountsMadeAt.get(account) ?? Number.NaN),
    Number.POSITIVE_INFINITY,
  );
  const subject: Subject = {
    identity,
    accountIds: accounts,
    accountCreatedAt: Number.isFinite(firstMadeAt) ? firstMadeAt : null,
    repositories,
    receivedAt: null,
    asOf,
  };
  const traces = tracesOf(history, subject);
  return isBlank(traces) ? null : assess(dossierOf(history, subject, traces), { signals: SIGNALS });
}

/** True when there is nothing in the traces that a signal could fire on, as with nearly everybody. */
function isBlank({ identity, dates, origin, continuity }: Traces): boolean {
  const seen = [
    identity.sharedKeys,
    identity.sharedMachines,
    identity.bridges,
    identity.rotations,
    identity.renames,
    identity.clockJumps.refs,
    identity.twins?.refs ?? [],
    dates.impossible.refs,
    dates.cadence.sameTimeRefs,
    dates.cadence.sameGapRefs,
    dates.batches,
    dates.sittings ?? [],
    origin.repositories,
    dates.predating?.refs ?? [],
    continuity.replacements,
  ];
  return seen.every(({ length }) => length === 0);
}

function dossierOf(history: History, subject: Subject, traces: Traces): Dossier {
  const { identity, dates, origin, continuity } = traces;
  const asOf = instantOf(subject.asOf);
  const [account] = history.identities.list[subject.identity]?.accountIds ?? [];
  return dossier(
    { asOf, subject: { accountId: account === undefined ? null : accountId(account), kind: "user" } },
    {
      "history.identity": present(identity, asOf),
      "history.dates": present(dates, asOf),
      "history.origin": present(origin, asOf),
      "history.continuity": present(continuity, asOf),
    },
  );
}

function shown(
  stats: SubjectStats,
  idOf: HistoryReportInput["idOf"],
): Omit<Person, "id" | "automated" | "joinedBy" | "band" | "findings"> {
  const { addresses, logins, machines, keys } = stats;
  return {
    commits: stats.commits,
    first: stats.first,
    last: stats.last,
    emailCount: addresses.length,
    emails: addresses.map((address) => idOf(`address ${address}`)),
    nameCount: stats.nameCount,
    unrelatedNameCount: stats.unrelatedNameCount,
    accounts: [...Map.groupBy(logins, ({ accountId: account }) => account)].map(([account, uses]) => ({
      id: account,
      logins: uses.map(({ login, firstAt }) => ({ login, firstAt: instantOf(firstAt) })),
    })),
    machineCount: machines.length,
    machines: machines.map(({ host, common }) => ({ id: idOf(`host ${host}`), common })),
    keyCount: keys.length,
    keys: [...keys],
    zonesNeeded: stats.zonesNeeded,
    clockChanges: [...stats.clockChanges],
    webFlowShare: stats.webFlowShare,
    selfCommittedShare: stats.selfCommittedShare,
  };
}

const BASE_RATES = new Map(SIGNALS.map(({ id, baseRate }) => [id, baseRate]));

const findingOf = (
  { signal, strength, bits, evidence }: Finding,
  identity: string,
  { table }: History,
): Findings[number] => ({
  signal,
  identity,
  strength,
  bits,
  baseRate: BASE_RATES.get(signal) ?? null,
  evidence: evidence.flatMap(({ commit, fact }) =>
    commit === undefined ? [] : [{ commit, repository: table.repository[rowOfCommit(table, commit)] ?? 0, fact }],
  ),
});

/** Rows are in the order of their ids. */
function rowOfCommit({ oid, rowCount }: Table, commit: string): number {
  let [from, to] = [0, rowCount];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (oid(middle) < commit) from = middle + 1;
    else to = middle;
  }
  return from;
}

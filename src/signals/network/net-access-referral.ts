import { latest } from "../commit-evidence.ts";
import { clear, clearBut, defineSignal, fired, unknown } from "../signal.ts";
import { TIE_SECTIONS, tiesOf } from "../ties.ts";

export default defineSignal({
  id: "net-access-referral",
  axis: "P",
  family: "network",
  title: "It let in accounts that hang together with it in two ways",
  version: 5,
  weight: 2,
  halfLifeDays: 730,
  falsePositiveRisk: "medium",
  sources: [
    {
      url: "https://frameworks.securityalliance.dev/insider-threats/techniques-tactics-and-procedures",
      says: "Whoever is in recommends further accounts of the same group.",
    },
    {
      url: "https://docs.github.com/en/rest/orgs/members#list-pending-organization-invitations",
      says: "GitHub says of an invitation who invited.",
    },
  ],
  benign: [
    "Friends or former colleagues who are hired together: that they work together is why one recommends the other.",
    "Students of one course, or a small team, where one member invites the others.",
  ],
  clears: "Somebody who knows them by another way says who they are, and another owner confirms their access.",
  framing:
    "The invitation or grant is the account's own act, as GitHub recorded it in this organisation: nobody can make himself invited. By itself it counts for nothing. Each tie rests on acts of both: the account's own pull requests, merged by the other and hardly by anybody else, and a repository that it published after the other had it. Whoever was let in is not judged by it.",
  // That nobody was let in says nothing about who an account is.
  outsideCoverage: true,
  needs: ["access.referrals"],
  uses: TIE_SECTIONS,
  detect(facts) {
    const { subjectId } = facts;
    const { letIn } = facts["access.referrals"];
    if (letIn.length === 0) return clear;
    if (subjectId === null) return unknown("the account has no number");
    const ties = tiesOf(facts, subjectId);
    if (ties.looked < MIN_TIES) return unknown("too little was read that could tie accounts to it");
    const tied = letIn.flatMap(({ accountId, at }) => {
      const kinds = ties.kindsOf(accountId);
      return kinds.length >= MIN_TIES ? [{ kinds: kinds.join(", and "), at }] : [];
    });
    const unread = facts["network.ties"]?.unreadCount ?? 0;
    const unseen = unread > 0 ? `${unread} further accounts that merge there` : null;
    if (tied.length === 0) return clearBut(unseen);
    const groups = [...Map.groupBy(tied, ({ kinds }) => kinds)];
    return fired(
      groups.map(([kinds, group]) => {
        const at = latest(group.map((one) => one.at));
        const accounts = group.length === 1 ? "an account" : `${group.length} accounts`;
        return { fact: `It let in ${accounts} of those that ${kinds}.`, tier: "PL", ...(at !== null && { at }) };
      }),
      { strength: tied.length >= 2 ? 1 : 0.5, at: latest(tied.map(({ at }) => at)), unseen },
    );
  },
});

/** One tie is what friends and colleagues have. */
const MIN_TIES = 2;

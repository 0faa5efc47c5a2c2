import type { SectionTypes } from "../../../src/dossier/facts.ts";
import { accountId } from "../../../src/ids.ts";
import { daysAgo } from "../given.ts";
import { alsoHeld, circle, scan, ties } from "../given-traces.ts";
import type { Vector } from "../vector.ts";

/** Accounts of the ring beside the subject: 101, 102 and so on. */
const letIn = (...accounts: readonly number[]): Pick<SectionTypes, "access.referrals"> => ({
  "access.referrals": {
    letIn: accounts.map((account, index) => ({ accountId: accountId(account), at: daysAgo(40 - index) })),
  },
});

const RING = ties({ edges: circle(3) });
const held = (...earlierIds: readonly number[]) =>
  scan([], { shared: [alsoHeld(1, { ownerCount: earlierIds.length, earlierIds: earlierIds.map(accountId) })] });
const BOTH = { ...RING, ...held(101, 102) };
const NO_TIES = { ...ties({ edges: [] }), ...scan([], { shared: [] }) };

export default [
  {
    kind: "fires",
    when: "it invited two accounts of its ring that had its repository before",
    given: { ...BOTH, ...letIn(101, 102) },
    expect: {
      outcome: "fired",
      strength: 1,
      evidenceCount: 1,
      at: daysAgo(39),
      fact: "It let in 2 accounts of those that merge its pull requests and are merged in one small ring with it, and published the same repository before it did.",
    },
  },
  {
    kind: "fires",
    when: "one of them, beside a stranger",
    given: { ...BOTH, ...letIn(101, 990) },
    expect: {
      outcome: "fired",
      strength: 0.5,
      fact: "It let in an account of those that merge its pull requests and are merged in one small ring with it, and published the same repository before it did.",
    },
  },
  {
    kind: "look_alike",
    when: "an owner who invites everybody who joins",
    given: { ...BOTH, ...letIn(990, 991, 992, 993) },
    expect: { outcome: "clear" },
  },
  {
    kind: "look_alike",
    when: "nobody was let in, whatever ties there are",
    given: { ...BOTH, ...letIn() },
    expect: { outcome: "clear" },
  },
  {
    kind: "boundary",
    when: "two of one ring with nothing else in common: friends who are hired together",
    given: { ...RING, ...scan([], { shared: [] }), ...letIn(101, 102) },
    expect: { outcome: "clear" },
  },
  {
    kind: "boundary",
    when: "two who took the same course, and never merged anything of each other",
    given: { ...ties({ edges: [] }), ...held(101, 102), ...letIn(101, 102) },
    expect: { outcome: "clear" },
  },
  {
    kind: "look_alike",
    when: "pull requests that others sent to it and it merged, and copies of its repository: its own acts are missing",
    given: {
      ...ties({
        edges: [
          [1, 0, 9],
          [2, 0, 9],
        ],
      }),
      ...scan([], { shared: [alsoHeld(1, { earlierIds: [] })] }),
      ...letIn(101, 102),
    },
    expect: { outcome: "clear" },
  },
  {
    kind: "boundary",
    when: "more merge there than were asked about",
    given: { ...NO_TIES, ...ties({ edges: [], unreadCount: 4 }), ...letIn(101) },
    expect: { outcome: "clear", unseen: "4 further accounts that merge there" },
  },
  {
    kind: "unknown",
    when: "its histories were not read",
    given: letIn(101, 102),
    expect: { outcome: "unknown", unseen: "too little was read that could tie accounts to it" },
  },
  {
    kind: "unknown",
    when: "who else holds its repositories could not be asked",
    given: { ...RING, ...scan(null, { shared: null }), ...letIn(101, 102) },
    expect: { outcome: "unknown", unseen: "too little was read that could tie accounts to it" },
  },
  {
    kind: "unknown",
    when: "the account has no number",
    given: { ...BOTH, ...letIn(101) },
    subjectId: null,
    expect: { outcome: "unknown", unseen: "the account has no number" },
  },
] satisfies readonly Vector[];

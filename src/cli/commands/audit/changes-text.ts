import type { AccessAudit } from "../../../access/audit.ts";
import type { ChangeCause } from "../../../access/causes.ts";
import type { AccessChanges } from "../../../access/compare-access.ts";
import type { AccountKey } from "../../../access/keys.ts";
import { loosenedCloses, loosenedWords } from "../../../access/reach/loosened-words.ts";
import { CHANGES_NOT_CHECKED } from "../../../access/report.ts";
import { compareIds } from "../../../access/text-order.ts";
import { type Names, sourceWords } from "../../../access/words.ts";
import { counted, cut, shorten, table, WIDTH, wrap } from "../../layout.ts";

/** What changed: the counts, what explains the rows, then one line per account. */
export function changeLines({ changes, notChecked }: AccessAudit, names: Names): readonly string[] {
  if (changes === null) {
    const gap = notChecked.find(({ what }) => what === CHANGES_NOT_CHECKED.what);
    return wrap(
      gap ? `Not compared: ${gap.because}.` : "No earlier snapshot to compare with (--previous FILE).",
      WIDTH - 3,
    );
  }
  return [
    ...countLines(changes),
    ...unlistedLines(changes),
    ...causeLines(changes, names),
    ...accountLines(changes, names),
    ...loosenedLines(changes, names),
  ];
}

const NOT_CHECKED = "not checked";

const countLines = (changes: AccessChanges): readonly string[] => [
  [
    `first write: ${changes.firstWriteAccounts.length}`,
    `escalated: ${changes.escalations.length}`,
    `new owner: ${changes.newOwners?.length ?? NOT_CHECKED}`,
    `lost all write: ${changes.lostAllWrite.length}`,
  ].join("   "),
  [
    `new outside write: ${changes.newOutsideWrite?.length ?? NOT_CHECKED}`,
    changes.newMembers && changes.leftMembers
      ? `members: +${changes.newMembers.length} -${changes.leftMembers.length}`
      : `members: ${NOT_CHECKED}`,
  ].join("   "),
];

function unlistedLines({ unlisted: { added, removed, changed } }: AccessChanges): readonly string[] {
  if (added + removed + changed === 0) return [];
  return wrap(
    `Ownership and base permission alone: ${added} added, ${removed} removed, ${changed} changed.`,
    WIDTH - 3,
  );
}

/** One changed team explains more than its many rows do. */
function causeLines({ causes, added, removed, changed }: AccessChanges, names: Names): readonly string[] {
  const rowCount = added.length + removed.length + changed.length;
  return shorten(
    causes.map((cause) => {
      const share = `explains ${cause.rows} of ${counted(rowCount, "row")}`;
      return `${cut(causeWords(cause, names), WIDTH - 5 - share.length)}: ${share}`;
    }),
    5,
  );
}

const causeWords = (cause: ChangeCause, names: Names): string =>
  cause.kind === "source" ? sourceWords([cause.via]) : `repository ${names.repository(cause.repository)}`;

function accountLines(changes: AccessChanges, names: Names): readonly string[] {
  const counts = new Map<AccountKey, AccountCounts>();
  const count = (rows: readonly { readonly account: AccountKey }[], kind: keyof AccountCounts): void => {
    for (const { account } of rows) {
      const known = counts.get(account) ?? { added: 0, removed: 0, raised: 0, changed: 0 };
      counts.set(account, { ...known, [kind]: known[kind] + 1 });
    }
  };
  count(changes.added, "added");
  count(changes.removed, "removed");
  count(changes.changed, "changed");
  count(changes.escalations, "raised");
  const rows = [...counts]
    .sort(([a], [b]) => compareIds(a, b))
    .map(([account, { added, removed, raised, changed }]) => [
      names.account(account),
      ...[added, removed, raised, changed - raised].map((value) => (value === 0 ? "·" : String(value))),
    ]);
  return rows.length === 0 ? [] : shorten(table(COLUMNS, rows), SHOWN_ACCOUNTS + 1);
}

/** Guards that became looser: what can be done now, where, and the switch; the same fact of many repositories once. */
function loosenedLines({ guardsLoosened }: AccessChanges, names: Names): readonly string[] {
  if (guardsLoosened === null) return [];
  if (guardsLoosened.length === 0) return ["guards loosened: 0"];
  const facts = Map.groupBy(guardsLoosened, (each) => loosenedWords(each, names));
  const lines = [...facts].flatMap(([fact, where]) => {
    const places = [...new Set(where.map(({ repository }) => names.repository(repository)))];
    const more = places.length > SHOWN_PLACES ? ` and ${counted(places.length - SHOWN_PLACES, "other")}` : "";
    const switches = new Set(where.map(loosenedCloses));
    return [
      ...wrap(`${places.slice(0, SHOWN_PLACES).join(", ")}${more}: ${fact}`, WIDTH - 6).map((line) => `   ${line}`),
      ...wrap(`closes by: ${[...switches].join("; ")}`, WIDTH - 9).map((line) => `      ${line}`),
    ];
  });
  return [`guards loosened: ${guardsLoosened.length}`, ...shorten(lines, SHOWN_LOOSENED)];
}

const SHOWN_PLACES = 3;
const SHOWN_LOOSENED = 40;

interface AccountCounts {
  readonly added: number;
  readonly removed: number;
  readonly raised: number;
  readonly changed: number;
}

const SHOWN_ACCOUNTS = 15;

const COLUMNS = [
  { title: "ACCOUNT", maxWidth: 38 },
  { title: "GAINED", maxWidth: 7, align: "right" },
  { title: "LOST", maxWidth: 7, align: "right" },
  { title: "RAISED", maxWidth: 7, align: "right" },
  { title: "LOWERED", maxWidth: 7, align: "right" },
] as const;

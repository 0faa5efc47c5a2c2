import { CANS } from "../../../access/reach/edge.ts";
import { CLOSES, canWords, reasonWords } from "../../../access/reach/words.ts";
import { sourceWords } from "../../../access/words.ts";
import type { Output } from "../../command.ts";
import { counted, shorten, WIDTH, wrap } from "../../layout.ts";
import { printable } from "../../printable.ts";
import type { ReachReport } from "./schema.ts";

type Edge = ReachReport["edges"][number];

/** Who can do what, for a terminal: by repository, what can be done, why, by whom, and the switch that closes it. */
export function reachText(
  { organization, takenAt, notChecked }: Omit<ReachReport, "edges">,
  edges: Iterable<Edge>,
  strong: Output["strong"],
): string {
  const sections = [...byRepository(edges)].flatMap(([name, ways]) => [
    "",
    strong(printable(` ${name}`)),
    ...shorten(inOrder(ways).flatMap(wayLines), SHOWN_LINES).map((line) => printable(`   ${line}`)),
  ]);
  const gaps = notChecked.map(({ what, opensWith }) => `${what}${opensWith === null ? "" : ` (${opensWith})`}`);
  const lines = [
    printable(`${organization.login} · what write reaches, as of ${takenAt.slice(0, 10)}`),
    "-".repeat(WIDTH),
    ...(sections.length > 0 ? sections : ["", "   Nobody who was asked about writes to anything."]),
    "",
    strong(" Not checked, and the permission that would open it"),
    ...(gaps.length > 0 ? gaps : ["nothing was left out"]).flatMap((gap) =>
      wrap(gap, WIDTH - 6).map((line, at) => printable(`   ${at === 0 ? "" : "  "}${line}`)),
    ),
  ];
  return lines.map((line) => `${line}\n`).join("");
}

/** Of one repository; `--repo` and `--account` say less at once, `--json` has all. */
const SHOWN_LINES = 120;
/** Accounts named for one way. */
const SHOWN_NAMES = 6;

interface WayFound {
  readonly edge: Edge;
  readonly who: string[];
  count: number;
}

function byRepository(edges: Iterable<Edge>): ReadonlyMap<string, ReadonlyMap<string, WayFound>> {
  const repositories = new Map<string, Map<string, WayFound>>();
  for (const edge of edges) {
    const { repository, can, branch, reason, target, account, via } = edge;
    const ways = repositories.get(repository.name) ?? new Map<string, WayFound>();
    repositories.set(repository.name, ways);
    const key = JSON.stringify([can, branch, reason, target]);
    const way = ways.get(key) ?? { edge, who: [], count: 0 };
    ways.set(key, way);
    way.count += 1;
    if (way.who.length < SHOWN_NAMES)
      way.who.push(account === null ? "every member (base permission)" : `${account.login} (${sourceWords(via)})`);
  }
  return repositories;
}

/** What matters most first, in the order in which things are listed. */
const inOrder = (ways: ReadonlyMap<string, WayFound>): readonly WayFound[] =>
  [...ways.values()].sort((a, b) => CANS.indexOf(a.edge.can) - CANS.indexOf(b.edge.can));

function wayLines({ edge, who, count }: WayFound): readonly string[] {
  const more = count > who.length ? `, and ${counted(count - who.length, "other")}` : "";
  return [
    ...wrap(`can ${canWords(edge)}: ${reasonWords(edge)}`, WIDTH - 6),
    ...wrap(`${who.join(", ")}${more}`, WIDTH - 10).map((line) => `    ${line}`),
    ...wrap(`closes: ${CLOSES[edge.can]}`, WIDTH - 10).map((line) => `    ${line}`),
  ];
}

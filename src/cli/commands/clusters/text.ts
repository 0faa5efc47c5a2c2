import { TIE_KINDS } from "../../../clusters/tie.ts";
import { TIE_WORDS, tieFact } from "../../../clusters/words.ts";
import type { ClusterAccount, ClustersHere, ShownCluster } from "../../../flows/clusters/clusters-here.ts";
import { counted, shorten } from "../../layout.ts";
import { paragraph } from "../../paragraph.ts";

/** Each group with its facts, what it has to do with the organisation, and how such facts come about innocently. */
export function clustersText({ clusters, leftOut }: ClustersHere, strong: (text: string) => string): string {
  const lines =
    clusters.length === 0
      ? ["No two accounts that were looked at here are joined."]
      : clusters.flatMap((cluster) => [...clusterLines(cluster, strong), ""]);
  const more = leftOut > 0 ? [`And ${counted(leftOut, "smaller group")}.`] : [];
  return `${[...lines, ...more].join("\n").trimEnd()}\n`;
}

function clusterLines(
  { accounts, leftOut, edges, reaches }: ShownCluster,
  strong: (text: string) => string,
): readonly string[] {
  const labels = new Map<number, string>(
    accounts.map(({ accountId, login }) => [accountId, login ?? `account ${accountId}`]),
  );
  const name = (id: number): string => labels.get(id) ?? String(id);
  const kinds = TIE_KINDS.filter((kind) => edges.some((edge) => edge.kind === kind));
  return [
    strong(counted(accounts.length + leftOut, "account")),
    ...accounts.flatMap((account) => paragraph(`${labelOf(account)}: ${doesHere(account)}`, "  ")),
    ...(leftOut > 0 ? [`  and ${counted(leftOut, "account")} beyond them`] : []),
    "",
    "  What joins them",
    ...shorten(
      edges.flatMap((edge) =>
        paragraph(
          `${name(edge.between[0])} and ${name(edge.between[1])}: ${tieFact(edge)}, ${edge.firstAt.slice(0, 10)} to ${edge.lastAt.slice(0, 10)}`,
          "  - ",
        ),
      ),
    ),
    ...kinds.flatMap((kind) =>
      paragraph(`${TIE_WORDS[kind].name}: ${TIE_WORDS[kind].means} Fine if: ${TIE_WORDS[kind].innocent}`, "    "),
    ),
    ...(reaches.length === 0
      ? []
      : [
          "",
          "  Where",
          ...shorten(
            reaches.flatMap(({ repository, writers, openers }) =>
              paragraph(`${repository}: ${writers} can write, ${openers} brought pull requests`, "  - "),
            ),
          ),
        ]),
  ];
}

const labelOf = ({ login, accountId }: ClusterAccount): string =>
  login === null ? `account ${accountId}, not met here` : `${login} (${accountId})`;

function doesHere({ writes, everywhere, opened }: ClusterAccount): string {
  const roles = [
    ...(everywhere === null ? [] : [`${everywhere} on every repository`]),
    ...writes.map(({ repository, role }) => `${role} on ${repository}`),
  ];
  const brought = opened.map(({ repository, count }) => `${counted(count, "pull request")} in ${repository}`);
  return [...roles, ...brought].join(", ") || "nothing here";
}

import type { TieKind } from "../../clusters/tie.ts";
import { type Html, html } from "../html.ts";

/** A dot of the picture. */
export interface GraphNode {
  readonly id: number;
  readonly label: string;
  /** Can write here: drawn full. */
  readonly writes: boolean;
}

/** A line between two dots, and where the fact behind it stands on the page. */
export interface GraphEdge {
  readonly between: readonly [number, number];
  readonly kind: TieKind;
  readonly href: string;
  readonly title: string;
}

const WIDTH = 720;
/** Beside the circle for labels. */
const MARGIN = 40;
const DOT = 7;
/** Characters that a label has room for. */
const ROOM = 26;

/** Accounts on a circle and what joins them, each line a link to its fact. The tables beside it say the same. */
export function clusterGraph(nodes: readonly GraphNode[], edges: readonly GraphEdge[]): Html {
  const radius = Math.min(200, 60 + nodes.length * 9);
  const height = 2 * (radius + MARGIN);
  const at = new Map(
    nodes.map(({ id }, index) => {
      const angle = (2 * Math.PI * index) / nodes.length - Math.PI / 2;
      return [
        id,
        { x: round(WIDTH / 2 + radius * Math.cos(angle)), y: round(height / 2 + radius * Math.sin(angle)), angle },
      ];
    }),
  );
  const place = (id: number): Place => at.get(id) ?? { x: 0, y: 0, angle: 0 };
  return html`<svg class="cluster-graph" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="group" aria-label="Accounts and what joins them">
    ${edges.map((edge) => line(edge, place(edge.between[0]), place(edge.between[1])))}
    ${nodes.map((node) => dot(node, place(node.id)))}
  </svg>`;
}

interface Place {
  readonly x: number;
  readonly y: number;
  readonly angle: number;
}

/** A broad line that nobody sees lies over the thin one, so that it can be hit. */
const line = ({ kind, href, title }: GraphEdge, one: Place, other: Place): Html =>
  html`<a href="${href}" aria-label="${title}"><title>${title}</title>
    <line class="tie-${kind}" x1="${one.x}" y1="${one.y}" x2="${other.x}" y2="${other.y}" />
    <line class="target" x1="${one.x}" y1="${one.y}" x2="${other.x}" y2="${other.y}" /></a>`;

function dot({ label, writes }: GraphNode, { x, y, angle }: Place): Html {
  const side = Math.cos(angle);
  const anchor = side > 0.2 ? "start" : side < -0.2 ? "end" : "middle";
  const away = anchor === "middle" ? 0 : side > 0 ? DOT + 6 : -DOT - 6;
  const below = anchor !== "middle" ? 4 : Math.sin(angle) > 0 ? DOT + 16 : -DOT - 8;
  return html`<circle class="${writes ? "writes" : ""}" cx="${x}" cy="${y}" r="${DOT}" />
    <text x="${round(x + away)}" y="${round(y + below)}" text-anchor="${anchor}">${shortened(label)}</text>`;
}

const round = (length: number): number => Math.round(length * 10) / 10;

/** Cut between characters, and not within one that is written with two units. */
function shortened(label: string): string {
  const characters = [...label];
  return characters.length <= ROOM ? label : `${characters.slice(0, ROOM - 1).join("")}…`;
}

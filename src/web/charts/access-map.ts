import { type Html, html } from "../html.ts";

/** A box of the picture. */
export interface MapNode {
  readonly id: string;
  readonly label: string;
  /** Stands at the end of the box, such as a role. */
  readonly note?: string;
}

/** A line from a box to one in the next column. */
export interface MapEdge {
  readonly from: string;
  readonly to: string;
  /** 1 for what only reads, 2 for what writes, 3 for what administers. */
  readonly weight: 1 | 2 | 3;
}

/** Three columns of boxes: accounts, what gives them their roles, repositories. */
export interface AccessMap {
  readonly columns: readonly [readonly MapNode[], readonly MapNode[], readonly MapNode[]];
  readonly edges: readonly MapEdge[];
}

const WIDTH = 720;
const BOX = { width: 200, height: 24, step: 32 } as const;
const TITLE_HEIGHT = 24;
const TITLES = ["Accounts", "By", "Repositories"] as const;
/** Characters that a box has room for, at the usual width of one. */
const ROOM = 29;

interface Placed extends MapNode {
  readonly x: number;
  readonly y: number;
}

/** Boxes and lines; the words beside it say the same. */
export function accessMap({ columns, edges }: AccessMap): Html {
  const rows = Math.max(...columns.map(({ length }) => length));
  const height = TITLE_HEIGHT + rows * BOX.step;
  const placed = columns.flatMap((nodes, column) => {
    const x = (column * (WIDTH - BOX.width)) / 2;
    const top = TITLE_HEIGHT + ((rows - nodes.length) * BOX.step) / 2;
    return nodes.map((node, row): Placed => ({ ...node, x, y: top + row * BOX.step }));
  });
  const at = new Map(placed.map((node) => [node.id, node]));
  return html`<svg class="access-map" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" aria-hidden="true" focusable="false">
    ${TITLES.map((title, column) => html`<text class="title" x="${(column * (WIDTH - BOX.width)) / 2}" y="12">${title}</text>`)}
    ${edges.map((edge) => line(at.get(edge.from), at.get(edge.to), edge.weight))}
    ${placed.map(box)}
  </svg>`;
}

function line(from: Placed | undefined, to: Placed | undefined, weight: MapEdge["weight"]): Html | null {
  if (!from || !to) return null;
  const [x1, y1, x2, y2] = [from.x + BOX.width, from.y + BOX.height / 2, to.x, to.y + BOX.height / 2];
  const middle = (x1 + x2) / 2;
  return html`<path class="weight-${weight}" d="M${x1} ${y1}C${middle} ${y1} ${middle} ${y2} ${x2} ${y2}" />`;
}

function box({ label, note = "", x, y }: Placed): Html {
  const baseline = y + BOX.height / 2 + 4;
  return html`<rect x="${x}" y="${y}" width="${BOX.width}" height="${BOX.height}" rx="4" />
    <text x="${x + 8}" y="${baseline}">${shortened(label, ROOM - (note === "" ? 0 : note.length + 2))}</text>
    <text class="note" x="${x + BOX.width - 8}" y="${baseline}" text-anchor="end">${note}</text>`;
}

/** Cut between characters, and not within one that is written with two units. */
function shortened(label: string, room: number): string {
  const characters = [...label];
  return characters.length <= room ? label : `${characters.slice(0, room - 1).join("")}…`;
}

import { type Drawing, drawing, VARIANTS, type Variant } from "./drawing";
import type { Tone } from "./elements";
import { type Html, html } from "./markup";
import { text } from "./text";

/** What is drawn of who holds keys, from one rank to the next. */
export interface ChainGraph {
  /** Names of the ranks. */
  ranks: readonly string[];
  nodes: ChainNode[];
  edges: { from: string; to: string }[];
}

export interface ChainNode {
  id: string;
  /** Its place among the ranks. */
  rank: number;
  title: string;
  /** Two at most. */
  lines: string[];
  tone: Tone;
}

/** A chain, drawn. @param description for whoever does not see it */
export const chain = (graph: ChainGraph, id: string, title: string, description: string): Html =>
  drawing(id, title, description, (variant) => LAYOUTS[variant](graph));

const BOX_HEIGHT = 82;
const GAP = 16;
const PADDING = 14;
const TITLE_SIZE = 15;
const LINE_SIZE = 13;

interface Place {
  node: ChainNode;
  x: number;
  y: number;
  width: number;
}

const LAYOUTS: Record<Variant, (graph: ChainGraph) => Drawing> = { wide: inColumns, narrow: inRows };

/** One column for each rank. */
function inColumns({ ranks, nodes, edges }: ChainGraph): Drawing {
  const gap = 52;
  const heading = 30;
  const width = (VARIANTS.wide - gap * (ranks.length - 1)) / ranks.length;
  const xOf = (rank: number) => rank * (width + gap);
  const columns = ranks.map((_, rank) => nodes.filter((node) => node.rank === rank));
  const places = new Map(
    columns.flatMap((column) =>
      column.map((node, row): [string, Place] => [
        node.id,
        { node, width, x: xOf(node.rank), y: heading + row * (BOX_HEIGHT + GAP) },
      ]),
    ),
  );
  return {
    height: heading + Math.max(...columns.map(({ length }) => length)) * (BOX_HEIGHT + GAP) - GAP + 2,
    content: [
      ranks.map((name, rank) => text(name, { x: xOf(rank), y: 16, size: LINE_SIZE, room: width, style: "muted" })),
      edges.map(({ from, to }) => curve(at(places, from), at(places, to))),
      [...places.values()].map(box),
    ],
  };
}

function at(places: ReadonlyMap<string, Place>, id: string): Place {
  const place = places.get(id);
  if (place === undefined) throw new Error(`nothing is drawn for ${id}`);
  return place;
}

function curve(from: Place, to: Place): Html {
  const [x1, y1] = [from.x + from.width, from.y + BOX_HEIGHT / 2];
  const [x2, y2] = [to.x - 9, to.y + BOX_HEIGHT / 2];
  const bend = (x2 - x1) / 2;
  return html`<path class="edge" d="M${x1} ${y1} C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}"/>${arrow(x2 + 8, y2)}`;
}

const arrow = (x: number, y: number): Html => html`<path class="arrow" d="M${x} ${y} l-9 -5 v10 z"/>`;

const LANE = 13;

/** One below the other; the edges run beside them, each in a lane that is free. */
function inRows({ nodes, edges }: ChainGraph): Drawing {
  const rows = [...nodes].sort((a, b) => a.rank - b.rank);
  const rowOf = (id: string) => rows.findIndex((node) => node.id === id);
  const lanes: number[] = [];
  const routed = edges
    .map(({ from, to }) => ({ from: rowOf(from), to: rowOf(to) }))
    .sort((a, b) => a.from - b.from || a.to - b.to)
    .map((edge) => {
      const free = lanes.findIndex((end) => end <= edge.from);
      const lane = free < 0 ? lanes.length : free;
      lanes[lane] = edge.to;
      return { ...edge, lane };
    });
  const margin = LANE * lanes.length + (lanes.length > 0 ? 12 : 0);
  const yOf = (row: number) => row * (BOX_HEIGHT + GAP) + 1;
  return {
    height: rows.length * (BOX_HEIGHT + GAP) - GAP + 2,
    content: [
      routed.map(({ from, to, lane }) => elbow(margin, margin - 12 - lane * LANE, yOf(from) + 56, yOf(to) + 26)),
      rows.map((node, row) => box({ node, x: margin, y: yOf(row), width: VARIANTS.narrow - margin })),
    ],
  };
}

const elbow = (margin: number, lane: number, y1: number, y2: number): Html =>
  html`<path class="edge" d="M${margin} ${y1} H${lane} V${y2} H${margin - 9}"/>${arrow(margin, y2)}`;

function box({ node: { title, lines, tone }, x, y, width }: Place): Html {
  const room = width - 2 * PADDING;
  const left = x + PADDING;
  return html`<g class="box ${tone}"><title>${[title, ...lines].join(", ")}</title>
<rect x="${x + 1}" y="${y}" width="${width - 2}" height="${BOX_HEIGHT}" rx="8"/>
<rect class="mark" x="${x + 1}" y="${y + 8}" width="4" height="${BOX_HEIGHT - 16}" rx="2"/>
${text(title, { x: left, y: y + 25, size: TITLE_SIZE, room, style: "title" })}
${lines.map((line, index) => text(line, { x: left, y: y + 47 + index * 20, size: LINE_SIZE, room, style: "muted" }))}</g>`;
}

/** Reads clean YAML into the tree of a pipeline, fast; whatever it does not understand it leaves to the tolerant reader. */
import {
  COLLECTION_STYLE,
  EVENT_ID,
  type Event,
  getScalarValue,
  parseEvents,
  SCALAR_STYLE,
  type ScalarEvent,
} from "js-yaml";
import { deepestNesting, type FormatProblem } from "../format-problem.ts";
import type { Place } from "../text-file.ts";
import { plainValue } from "../yaml/scalar-value.ts";
import { mostNodes } from "./read-tolerant.ts";
import { type MapEntry, nothingAt, type PipelineNode, type ScalarNode, type SourceText } from "./source-node.ts";

interface Reading {
  readonly file: SourceText;
  readonly events: readonly Event[];
  readonly anchors: Map<string, { readonly node: PipelineNode; readonly weight: number }>;
  readonly problems: FormatProblem[];
  next: number;
  nodes: number;
}

const styles: Readonly<Record<number, ScalarNode["style"]>> = {
  [SCALAR_STYLE.PLAIN]: "plain",
  [SCALAR_STYLE.SINGLE_QUOTED]: "quoted",
  [SCALAR_STYLE.DOUBLE_QUOTED]: "double-quoted",
  [SCALAR_STYLE.LITERAL_BLOCK]: "literal",
  [SCALAR_STYLE.FOLDED_BLOCK]: "folded",
};

/** Undefined: the file is not clean. */
export function readEvents(
  file: SourceText,
): { readonly root: PipelineNode | undefined; readonly problems: readonly FormatProblem[] } | undefined {
  const events = eventsOf(file.text);
  if (!events || events[0]?.type !== EVENT_ID.DOCUMENT) return undefined;
  const reading: Reading = { file, events, anchors: new Map(), problems: [], next: 1, nodes: 0 };
  const root = read(reading, 0);
  if (!root) return undefined;
  return { root: root.is === "scalar" && root.value === null ? undefined : root, problems: reading.problems };
}

function eventsOf(text: string): readonly Event[] | undefined {
  try {
    return parseEvents(text, { maxDepth: deepestNesting });
  } catch {
    return undefined;
  }
}

function place({ file }: Reading, start: number, end: number): Place {
  return { file, start, end: Math.max(start, end) };
}

/** `after` is where a value would stand that is not written. */
function read(reading: Reading, after: number): PipelineNode | undefined {
  const event = reading.events[reading.next++];
  const before = reading.nodes++;
  if (event?.type === EVENT_ID.ALIAS) return readAlias(reading, event);
  if (event?.type === EVENT_ID.SCALAR) return anchored(reading, event, scalarOf(reading, event, after), before);
  if (event?.type === EVENT_ID.SEQUENCE || event?.type === EVENT_ID.MAPPING) {
    const start = event.start;
    const isFlow = event.style === COLLECTION_STYLE.FLOW;
    const node = event.type === EVENT_ID.SEQUENCE ? readList(reading, start, isFlow) : readMap(reading, start, isFlow);
    return node && anchored(reading, event, node, before);
  }
  return undefined;
}

function anchored(
  reading: Reading,
  { anchorStart, anchorEnd }: { readonly anchorStart: number; readonly anchorEnd: number },
  node: PipelineNode,
  before: number,
): PipelineNode {
  if (anchorStart >= 0) {
    reading.anchors.set(reading.file.text.slice(anchorStart, anchorEnd), { node, weight: reading.nodes - before });
  }
  return node;
}

function readAlias(
  reading: Reading,
  { anchorStart, anchorEnd }: { readonly anchorStart: number; readonly anchorEnd: number },
): PipelineNode | undefined {
  const target = reading.anchors.get(reading.file.text.slice(anchorStart, anchorEnd));
  if (!target) return undefined;
  const isOver = reading.nodes > mostNodes;
  reading.nodes += target.weight;
  if (reading.nodes <= mostNodes) return target.node;
  const at = place(reading, anchorStart - 1, anchorEnd);
  if (!isOver)
    reading.problems.push({ code: "too-large", message: `it unfolds to more than ${mostNodes} values`, place: at });
  reading.nodes = mostNodes + 1;
  return nothingAt(at);
}

function readList(reading: Reading, start: number, isFlow: boolean): PipelineNode | undefined {
  const items: PipelineNode[] = [];
  let end = start;
  while (reading.next < reading.events.length && reading.events[reading.next]?.type !== EVENT_ID.POP) {
    const item = read(reading, end);
    if (!item) return undefined;
    items.push(item);
    if (item.at.end > end) end = item.at.end;
  }
  reading.next++;
  return { is: "list", at: place(reading, start, isFlow ? closing(reading, end, 93) : end), items };
}

function readMap(reading: Reading, start: number, isFlow: boolean): PipelineNode | undefined {
  const entries: MapEntry[] = [];
  let end = start;
  while (reading.next < reading.events.length && reading.events[reading.next]?.type !== EVENT_ID.POP) {
    const key = read(reading, end);
    const value = key && read(reading, key.at.end);
    // A mapping as a key is an expression that somebody forgot to quote.
    if (!key || !value || key.is !== "scalar") return undefined;
    if (key.text === "<<" && key.style === "plain" && value.is === "map") entries.push(...value.entries);
    else entries.push({ key, value });
    end = Math.max(end, key.at.end, isWithin(value, reading) ? value.at.end : end);
  }
  reading.next++;
  return { is: "map", at: place(reading, start, isFlow ? closing(reading, end, 125) : end), entries };
}

/** What an alias names stands elsewhere, always before it. */
function isWithin({ at }: PipelineNode, { file }: Reading): boolean {
  return at.file === file;
}

function closing({ file: { text } }: Reading, from: number, bracket: number): number {
  for (let at = from; at < text.length && at < from + 1000; at++) if (text.charCodeAt(at) === bracket) return at + 1;
  return from;
}

function scalarOf(reading: Reading, event: ScalarEvent, after: number): ScalarNode {
  const { text } = reading.file;
  if (event.valueStart < 0) return nothingAt(place(reading, after, after));
  const style = styles[event.style] ?? "plain";
  const written = getScalarValue(text, event);
  const value = style === "plain" && event.tagStart < 0 ? plainValue(written, false) : written;
  const isQuoted = style === "quoted" || style === "double-quoted";
  const at = isQuoted
    ? place(reading, event.valueStart - 1, event.valueEnd + 1)
    : place(reading, event.valueStart, event.valueEnd);
  return { is: "scalar", at, value, text: value === null ? "" : written, style };
}

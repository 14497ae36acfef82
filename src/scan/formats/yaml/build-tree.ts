/**
 * Builds nodes from the events of one YAML document. Anchors, merge keys and tags are resolved here; aliases share what
 * they name, and what a document would unfold to is counted, so that a few lines cannot stand for a million values.
 */
import { COLLECTION_STYLE, EVENT_ID, type Event, getScalarValue, SCALAR_STYLE, type ScalarEvent } from "js-yaml";
import type { FormatProblem } from "../format-problem.ts";
import { type Block, blockOf, type Member, type Node } from "../node.ts";
import type { Place, TextFile } from "../text-file.ts";
import { plainValue, taggedValue } from "./scalar-value.ts";

export interface TreeOptions {
  /** Gives a value for a tag of one's own (`!Ref`); undefined leaves the node as it is. `at` includes the tag. */
  readonly tag?: ((tag: string, node: Node, at: Place) => Node | undefined) | undefined;
  /** Booleans and integers as YAML 1.1 has them: `yes`, `on`, `0644`. */
  readonly yaml11?: boolean | undefined;
}

/** Events of a text that begins at `shift` in the file. */
export interface EventSource {
  readonly file: TextFile;
  readonly text: string;
  readonly shift: number;
  readonly events: readonly Event[];
  /** The events came from a text with joined lines, so what looked plain to the parser may hold line breaks. */
  readonly isJoined: boolean;
}

interface Built {
  readonly node: Node;
  /** From tag or anchor to the last character. */
  readonly whole: Place;
  /** Values in it when its aliases are unfolded. */
  readonly weight: number;
  /** As it is written, of a scalar. */
  readonly text?: string;
}

interface Key {
  readonly text: string;
  readonly whole: Place;
  readonly isPlain: boolean;
  readonly weight: number;
}

type Entry = readonly [string, Member];

/** Values that aliases may add to one document. */
const unfoldedAtMost = 200_000;

export interface Tree {
  /** Undefined for a document without content. */
  readonly root: Built | undefined;
  /** Where the next document begins among the events. */
  readonly next: number;
  readonly problems: readonly FormatProblem[];
}

/** Reads the document whose event stands at `first`. */
// oxlint-disable-next-line max-lines-per-function -- one cursor over the events, shared by the readers of each kind
export function buildTree(source: EventSource, first: number, options: TreeOptions): Tree {
  const { file, text, shift, events } = source;
  const yaml11 = options.yaml11 === true;
  const anchors = new Map<string, Built>();
  const problems: FormatProblem[] = [];
  let unfolded = 0;
  let index = first + 1;

  const place = (start: number, end: number): Place => ({
    file,
    start: start + shift,
    end: Math.max(start, end) + shift,
  });

  const read = (after: number): Built => {
    const event = events[index++];
    if (event?.type === EVENT_ID.ALIAS) return readAlias(event);
    if (event?.type === EVENT_ID.SCALAR) return readScalar(event, after);
    if (event?.type === EVENT_ID.SEQUENCE || event?.type === EVENT_ID.MAPPING) {
      const isMap = event.type === EVENT_ID.MAPPING;
      const closed = event.style === COLLECTION_STYLE.FLOW && !isLonePair(event.start, isMap);
      const content = isMap ? readMapping(event.start, closed) : readSequence(event.start, closed);
      const tag = tagOf(event);
      const node = tag === undefined ? content.node : tagged(tag, content.node, place(event.tagStart, content.end));
      const whole = place(startOf(event, event.start), content.end);
      return anchored(event, { node, whole, weight: content.weight });
    }
    const at = place(after, after);
    return { node: { is: "scalar", at, value: null }, whole: at, weight: 1 };
  };

  /** `[a: b]` has a mapping without braces, which begins where its key begins. */
  const isLonePair = (start: number, isMap: boolean): boolean => {
    if (!isMap || text.charCodeAt(start) !== 123) return isMap;
    const inner = events[index];
    return (inner?.type === EVENT_ID.MAPPING || inner?.type === EVENT_ID.SEQUENCE) && inner.start === start;
  };

  const tagOf = (event: { tagStart: number; tagEnd: number }): string | undefined =>
    event.tagStart < 0 ? undefined : shortTag(text.slice(event.tagStart, event.tagEnd));

  const tagged = (tag: string, node: Node, at: Place): Node => options.tag?.(tag, node, at) ?? node;

  const anchored = (event: Anchorable, built: Built): Built => {
    if (event.anchorStart >= 0) anchors.set(text.slice(event.anchorStart, event.anchorEnd), built);
    return built;
  };

  const readAlias = (event: { anchorStart: number; anchorEnd: number }): Built => {
    const name = text.slice(event.anchorStart, event.anchorEnd);
    const whole = place(event.anchorStart - 1, event.anchorEnd);
    const target = anchors.get(name);
    const lone = { whole, weight: 1, text: `*${name}` };
    if (!target) {
      // Its name is not told: a password without quotes may begin with an asterisk.
      const message = "an alias names an anchor that does not exist";
      problems.push({ code: "syntax", message, place: whole });
      return { ...lone, node: { is: "unknown", at: whole, reason: message, refs: [] } };
    }
    unfolded += target.weight;
    if (unfolded > unfoldedAtMost) {
      const message = `aliases unfold to more than ${unfoldedAtMost} values`;
      if (unfolded - target.weight <= unfoldedAtMost) problems.push({ code: "too-large", message, place: whole });
      unfolded = unfoldedAtMost + 1;
      return { ...lone, node: { is: "unknown", at: whole, reason: message, refs: [] } };
    }
    return { ...target, whole, node: { ...target.node, at: whole, from: target.node.from ?? target.node.at } };
  };

  const textOf = (event: ScalarEvent): string =>
    getScalarValue(text, source.isJoined ? { ...event, fast: false } : event);

  const readScalar = (event: ScalarEvent, after: number): Built => {
    const tag = tagOf(event);
    const isPlain = event.style === SCALAR_STYLE.PLAIN;
    const value = textOf(event);
    const [start, end] = scalarRange(text, event, after);
    const at = place(start, end);
    const typed = tag === undefined ? (isPlain ? plainValue(value, yaml11) : value) : taggedValue(tag, value, yaml11);
    const scalar: Node = { is: "scalar", at, value: typed === undefined ? value : typed };
    const node = tag === undefined || typed !== undefined ? scalar : tagged(tag, scalar, place(event.tagStart, end));
    const whole = event.tagStart < 0 && event.anchorStart < 0 ? at : place(startOf(event, start), end);
    return anchored(event, { node, whole, weight: 1, text: value });
  };

  const readSequence = (start: number, closed: boolean): Content => {
    const items: Node[] = [];
    let weight = 1;
    let end = start;
    for (; index < events.length && events[index]?.type !== EVENT_ID.POP; ) {
      const item = read(closed ? end : afterMark(text, end, "-"));
      items.push(item.node);
      weight += item.weight;
      end = item.whole.end - shift;
    }
    index++;
    if (closed) end = closingEnd(text, items.length === 0 ? start + 1 : end);
    return { node: { is: "list", at: place(start, end), items }, end, weight };
  };

  const readMapping = (start: number, closed: boolean): Content => {
    const members = new Map<string, Member>();
    const merged: Entry[] = [];
    let open: string | undefined;
    let weight = 1;
    let end = start;
    for (; index < events.length && events[index]?.type !== EVENT_ID.POP; ) {
      const key = readKey(end);
      const value = read(afterMark(text, key.whole.end - shift, ":"));
      weight += key.weight + value.weight;
      end = value.whole.end - shift;
      const whole = { file, start: key.whole.start, end: value.whole.end };
      if (key.text === "<<" && key.isPlain && value.node.is !== "scalar") {
        const more = mergedMembers(value.node);
        for (const entry of more.entries) merged.push(entry);
        open ??= more.open;
      } else members.set(key.text, { key: key.whole, whole, value: value.node });
    }
    index++;
    if (closed) end = closingEnd(text, members.size + merged.length === 0 && end === start ? start + 1 : end);
    for (const [key, member] of merged) if (!members.has(key)) members.set(key, member);
    const node = blockOf(place(start, end), members, open === undefined ? {} : { open });
    return { node, end, weight };
  };

  const readKey = (after: number): Key => {
    const event = events[index];
    if (event?.type === EVENT_ID.SCALAR && event.valueStart >= 0 && event.tagStart < 0 && event.anchorStart < 0) {
      index++;
      const [start, end] = scalarRange(text, event, after);
      return { text: textOf(event), whole: place(start, end), isPlain: event.style === SCALAR_STYLE.PLAIN, weight: 1 };
    }
    const { node, whole, weight, text: known } = read(after);
    // A mapping or list as a key is known by its text: `{{ .Values.name }}` in a template that was not rendered.
    const written = () => text.slice(whole.start - shift, whole.end - shift);
    return { text: node.is === "scalar" ? (known ?? "") : written(), whole, isPlain: false, weight };
  };

  const isEmpty = isEmptyDocument(events, index);
  const root = read(0);
  return { root: isEmpty ? undefined : root, next: index + 1, problems };
}

interface Content {
  readonly node: Node;
  readonly end: number;
  readonly weight: number;
}

interface Anchorable {
  readonly anchorStart: number;
  readonly anchorEnd: number;
}

function isEmptyDocument(events: readonly Event[], index: number): boolean {
  const event = events[index];
  return event?.type === EVENT_ID.SCALAR && event.valueStart < 0 && event.tagStart < 0 && event.anchorStart < 0;
}

/** What `<<` brings in; the first of several wins. */
function mergedMembers(node: Node): { readonly entries: readonly Entry[]; readonly open?: string } {
  if (node.is === "unknown") return { entries: [], open: node.reason };
  if (node.is === "list") {
    const each = node.items.map(mergedMembers);
    const open = each.find((one) => one.open !== undefined)?.open;
    const entries = each.flatMap((one) => one.entries);
    return { entries: firstOfEach(entries), ...(open === undefined ? {} : { open }) };
  }
  if (node.is !== "block") return { entries: [] };
  return { entries: node.keys().flatMap((key) => mergedMember(node, key)) };
}

function firstOfEach(entries: readonly Entry[]): readonly Entry[] {
  return [...new Map(entries.toReversed())].toReversed();
}

function mergedMember(block: Block, key: string): readonly Entry[] {
  const member = block.get(key);
  if (!member) return [];
  const from = member.value.from ?? member.value.at;
  const value = block.from ? { ...member.value, at: block.at, from } : member.value;
  return [[key, { ...member, value }]];
}

function shortTag(tag: string): string {
  if (!tag.startsWith("!<") || !tag.endsWith(">")) return tag;
  const name = tag.slice(2, -1);
  return name.startsWith("tag:yaml.org,2002:") ? `!!${name.slice("tag:yaml.org,2002:".length)}` : name;
}

function startOf(event: { tagStart: number; anchorStart: number }, start: number): number {
  let first = start;
  if (event.tagStart >= 0) first = Math.min(first, event.tagStart);
  if (event.anchorStart > 0) first = Math.min(first, event.anchorStart - 1);
  return first;
}

/** The text of a scalar with its quotes; for a block scalar its content without the blank lines around. */
function scalarRange(text: string, event: ScalarEvent, after: number): readonly [number, number] {
  const { valueStart, valueEnd } = event;
  if (valueStart < 0) {
    const end = Math.max(after, event.tagEnd, event.anchorEnd);
    return [end, end];
  }
  if (event.style === SCALAR_STYLE.PLAIN) return [valueStart, valueEnd];
  if (event.style === SCALAR_STYLE.SINGLE_QUOTED || event.style === SCALAR_STYLE.DOUBLE_QUOTED)
    return [valueStart - 1, valueEnd + 1];
  let start = valueStart;
  let end = valueEnd;
  while (end > start && text.charCodeAt(end - 1) <= 32) end--;
  while (start < end && text.charCodeAt(start) <= 32) start++;
  return [start, end];
}

/** The place after a `:` or `-` that comes next but for blanks and comments; where there is none, the place given. */
function afterMark(text: string, from: number, mark: string): number {
  if (text[from] === mark) return from + 1;
  const at = skipBlanks(text, from, "");
  return text[at] === mark ? at + 1 : from;
}

/** After the bracket or brace that closes a collection whose last value ends at `from`. */
function closingEnd(text: string, from: number): number {
  return Math.min(skipBlanks(text, from, ",:?") + 1, text.length);
}

const space = 32;
const numberSign = 35;

function skipBlanks(text: string, from: number, more: string): number {
  let at = from;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === numberSign && (at === 0 || text.charCodeAt(at - 1) <= space || text[at - 1] === ",")) {
      const end = text.indexOf("\n", at);
      if (end < 0) return text.length;
      at = end;
    } else if (code > space && code !== 0xfeff && !more.includes(text[at] ?? "")) break;
  }
  return at;
}

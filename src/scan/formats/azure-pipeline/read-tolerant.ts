/**
 * Reads the YAML of a pipeline that is no clean YAML: what can be understood of it, and what is wrong. It takes five times as
 * long as `read-events.ts` does for clean files.
 */
import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Pair,
  parseAllDocuments,
  type Scalar,
  type Node as YamlNode,
} from "yaml";
import { deepestNesting, type FormatProblem } from "../format-problem.ts";
import type { Place } from "../text-file.ts";
import { type MapEntry, nothingAt, type PipelineNode, type ScalarNode, type SourceText } from "./source-node.ts";

/** Values that one file may unfold to. */
export const mostNodes = 200_000;

interface Reading {
  readonly file: SourceText;
  readonly document: Document;
  readonly problems: FormatProblem[];
  readonly anchors: Map<string, YamlNode>;
  readonly open: Set<YamlNode>;
  nodes: number;
}

export function readTolerant(file: SourceText): {
  readonly root: PipelineNode | undefined;
  readonly problems: readonly FormatProblem[];
} {
  try {
    const documents = parseAllDocuments(file.text, {
      uniqueKeys: false,
      logLevel: "silent",
      prettyErrors: false,
      merge: true,
    });
    const [document] = Array.isArray(documents) ? documents : [];
    if (!document) return { root: undefined, problems: [] };
    const problems = document.errors.map(
      ({ message, pos: [start, end] }): FormatProblem => ({
        code: "syntax",
        // Behind a colon or a backslash it quotes the text, which may be part of a password.
        message: message.split(/:|\\|\n/)[0]?.trim() ?? "",
        place: { file, start, end: Math.max(start, end) },
      }),
    );
    const reading: Reading = { file, document, problems, anchors: new Map(), open: new Set(), nodes: 0 };
    const root = document.contents ? read(reading, document.contents, 0) : undefined;
    return { root, problems };
  } catch (error) {
    const message = error instanceof RangeError ? "it nests too deeply" : "it cannot be read as YAML";
    return { root: undefined, problems: [{ code: "syntax", message, place: { file, start: 0, end: 0 } }] };
  }
}

function read(reading: Reading, node: YamlNode, depth: number): PipelineNode {
  const at = placeOf(reading, node);
  if (++reading.nodes > mostNodes) return stop(reading, at, "too-large", `it unfolds to more than ${mostNodes} values`);
  if (depth > deepestNesting) return stop(reading, at, "too-deep", `it nests deeper than ${deepestNesting}`);
  if (isAlias(node)) return readAlias(reading, node, at, depth);
  if (!isScalar(node) && !isMap(node) && !isSeq(node)) return nothingAt(at);
  if (node.anchor) reading.anchors.set(node.anchor, node);
  if (isScalar(node)) return scalarOf(node, at);
  reading.open.add(node);
  const result: PipelineNode = isSeq(node)
    ? { is: "list", at, items: node.items.map((item) => readChild(reading, item, at, depth)) }
    : { is: "map", at, entries: node.items.flatMap((pair) => entriesOf(reading, pair, at, depth)) };
  reading.open.delete(node);
  return result;
}

function readAlias(reading: Reading, node: YamlNode, at: Place, depth: number): PipelineNode {
  const name = isAlias(node) ? node.source : "";
  const target = reading.anchors.get(name);
  if (!target || reading.open.has(target))
    return stop(reading, at, "syntax", "an alias names an anchor that is not known here");
  return read(reading, target, depth + 1);
}

function readChild(reading: Reading, item: unknown, at: Place, depth: number): PipelineNode {
  return isNode(item) ? read(reading, item, depth + 1) : nothingAt({ ...at, end: at.start });
}

function isNode(item: unknown): item is YamlNode {
  return isScalar(item) || isMap(item) || isSeq(item) || isAlias(item);
}

function entriesOf(reading: Reading, pair: Pair, at: Place, depth: number): readonly MapEntry[] {
  const key = isNode(pair.key) ? read(reading, pair.key, depth + 1) : nothingAt({ ...at, end: at.start });
  const value = isNode(pair.value) ? read(reading, pair.value, depth + 1) : nothingAt({ ...key.at, start: key.at.end });
  if (key.is === "scalar" && key.text === "<<" && value.is === "map") return value.entries;
  return [{ key: key.is === "scalar" ? key : keyText(key), value }];
}

/** A mapping in braces as a key is an expression that somebody forgot to quote. */
function keyText({ at }: PipelineNode): ScalarNode {
  const text = at.file.text.slice(at.start, at.end);
  return { is: "scalar", at, value: text, text, style: "plain" };
}

function stop(reading: Reading, place: Place, code: FormatProblem["code"], message: string): ScalarNode {
  if (!reading.problems.some((problem) => problem.code === code && problem.message === message))
    reading.problems.push({ code, message, place });
  return nothingAt(place);
}

function placeOf({ file }: Reading, node: YamlNode): Place {
  const [start, end] = node.range ?? [0, 0];
  return { file, start, end };
}

function scalarOf(node: Scalar, at: Place): ScalarNode {
  const { value, type, source } = node;
  const style =
    type === "BLOCK_LITERAL"
      ? "literal"
      : type === "BLOCK_FOLDED"
        ? "folded"
        : type === "QUOTE_SINGLE"
          ? "quoted"
          : type === "QUOTE_DOUBLE"
            ? "double-quoted"
            : "plain";
  const isPlain = style === "plain";
  const text = typeof value === "string" ? value : value === null ? "" : (source ?? "");
  const typed = typeof value === "number" || typeof value === "boolean" ? value : value === null ? null : text;
  return {
    is: "scalar",
    at: style === "literal" || style === "folded" ? contentOf(at) : at,
    value: isPlain ? typed : text,
    text,
    style,
  };
}

/** Without the head of a block scalar: `|-` and a comment. */
function contentOf(at: Place): Place {
  const lineEnd = at.file.text.indexOf("\n", at.start);
  return lineEnd < 0 || lineEnd >= at.end ? { ...at, start: at.end } : { ...at, start: lineEnd + 1 };
}

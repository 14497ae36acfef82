/**
 * The tree of an Azure pipeline: what YAML says, where it says it, and through which files it came. Unlike the trees of
 * other formats it keeps repeated keys, because two `${{ if }}` of one mapping are both meant.
 */
import type { Place, TextFile } from "../text-file.ts";

/** A file of some repository; `repository` is undefined for the one that holds the pipeline. */
export interface SourceText extends TextFile {
  readonly repository?: string | undefined;
}

/** Who pulled a file in: the place of its `template:`, and who pulled that in. */
export interface Includer {
  readonly at: Place;
  readonly by: Includer | undefined;
}

interface Written {
  readonly at: Place;
  readonly includer?: Includer | undefined;
  /** Set on what is there only under a condition that the files do not decide. */
  readonly when?: string | undefined;
}

export interface ScalarNode extends Written {
  readonly is: "scalar";
  readonly value: string | number | boolean | null;
  /** As it is used where a text is wanted. */
  readonly text: string;
  /** The text as it was read, if expressions were replaced in it. */
  readonly source?: ScalarNode | undefined;
  /** What expressions put into the text, in order. */
  readonly pieces?: readonly TextPiece[] | undefined;
  readonly style: "plain" | "quoted" | "double-quoted" | "literal" | "folded";
}

/** A stretch of a text that an expression made. */
export interface TextPiece {
  readonly start: number;
  readonly end: number;
  /** Where the expression stands in the text that was read. */
  readonly sourceStart: number;
  readonly sourceEnd: number;
  readonly expression: string;
  readonly taints: readonly Taint[];
  readonly known: boolean;
}

/**
 * Who may choose a value: the kind of door, and the name of what it came through. A `choice` is one among values that the
 * author wrote down: it decides conditions, but smuggles nothing in.
 */
export interface Taint {
  readonly kind: "source-control" | "requester" | "parameter" | "choice" | "webhook" | "queue-variable" | "upstream";
  readonly name: string;
}

export interface ListNode extends Written {
  readonly is: "list";
  readonly items: readonly PipelineNode[];
  /** Why there may be other items. */
  readonly open?: string | undefined;
}

export interface MapNode extends Written {
  readonly is: "map";
  readonly entries: readonly MapEntry[];
  readonly open?: string | undefined;
}

export interface MapEntry {
  readonly key: ScalarNode;
  readonly value: PipelineNode;
}

export type PipelineNode = ScalarNode | ListNode | MapNode;

/** The value of a key, compared as Azure does: without case. What is surely there goes before what may be there. */
export function valueAt(node: PipelineNode | undefined, key: string): PipelineNode | undefined {
  return entryOf(node, key)?.value;
}

export function entryOf(node: PipelineNode | undefined, key: string): MapEntry | undefined {
  if (node?.is !== "map") return undefined;
  let maybe: MapEntry | undefined;
  for (const entry of node.entries) {
    const { text } = entry.key;
    if (text !== key && (text.length !== key.length || text.toLowerCase() !== key.toLowerCase())) continue;
    if (entry.value.when === undefined) return entry;
    maybe ??= entry;
  }
  return maybe;
}

/** The text of a scalar; undefined for everything else and for nothing. */
export function textOf(node: PipelineNode | undefined): string | undefined {
  return node?.is === "scalar" && node.value !== null ? node.text : undefined;
}

export function textAt(node: PipelineNode | undefined, key: string): string | undefined {
  return textOf(valueAt(node, key));
}

/** The items of a list, or the node as the only one. */
export function itemsOf(node: PipelineNode | undefined): readonly PipelineNode[] {
  if (node === undefined) return [];
  if (node.is === "list") return node.items;
  return node.is === "scalar" && node.value === null ? [] : [node];
}

/** YAML's and Azure's words for yes. */
export function isTrue(node: PipelineNode | undefined): boolean {
  return /^(?:true|yes|y|on)$/i.test(textOf(node)?.trim() ?? "");
}

export function isFalse(node: PipelineNode | undefined): boolean {
  return /^(?:false|no|n|off)$/i.test(textOf(node)?.trim() ?? "");
}

/** Nothing, written at a place. */
export function nothingAt(at: Place): ScalarNode {
  return { is: "scalar", at, value: null, text: "", style: "plain" };
}

/**
 * Reads Terraform's JSON form into the syntax tree of HCL. JSON does not tell nested blocks from attributes; inside a
 * resource everything is read as an attribute but `dynamic`.
 */
import type { SyntaxProblem } from "../../../formats/hcl/cursor.ts";
import { type ParsedHcl, parseHclExpression, parseHclTemplate } from "../../../formats/hcl/parse-hcl.ts";
import type { Attribute, BlockSyntax, Expression, Item, Label } from "../../../formats/hcl/syntax.ts";
import { readJson } from "../../../formats/json/read-json.ts";
import { type Block, itemsOf, type Member, type Node } from "../../../formats/node.ts";
import type { Place, TextFile } from "../../../formats/text-file.ts";

/** How many labels the blocks of a type have: so many levels of keys stand before a body. */
const labelCounts: Readonly<Record<string, number>> = {
  resource: 2,
  data: 2,
  ephemeral: 2,
  module: 1,
  variable: 1,
  output: 1,
  provider: 1,
  terraform: 0,
  locals: 0,
};

interface Reading {
  readonly problems: SyntaxProblem[];
  /** False for values, where a text is nothing but a text. */
  readonly templates: boolean;
}

export function parseTerraformJson(file: TextFile, kind: "configuration" | "values"): ParsedHcl {
  const { node, problems } = readJson(file);
  const reading: Reading = {
    problems: problems.map(({ message, place }) => ({ message, at: place.start })),
    templates: kind === "configuration",
  };
  const members = node?.is === "block" ? membersOf(node) : [];
  const items = members.flatMap(([key, member]): readonly Item[] => {
    const labels = labelCounts[key];
    if (kind === "values") return [attribute(key, member, reading)];
    return labels === undefined ? [] : blocks(key, member, labels, [], reading);
  });
  return { file, body: { file, start: 0, end: file.text.length, items }, problems: reading.problems };
}

/** `//` is the key of comments. */
function membersOf(block: Block): readonly (readonly [string, Member])[] {
  return block.keys().flatMap((key) => {
    const member = key === "//" ? undefined : block.get(key);
    return member ? [[key, member] as const] : [];
  });
}

function blocks(
  type: string,
  member: Member,
  missing: number,
  labels: readonly Label[],
  reading: Reading,
): readonly BlockSyntax[] {
  return itemsOf(member.value).flatMap((node) => {
    if (node.is !== "block") return [];
    if (missing === 0) return [block(type, labels, node, member, reading)];
    return membersOf(node).flatMap(([text, inner]) => {
      const { file, start, end } = inner.key;
      return blocks(type, inner, missing - 1, [...labels, { file, start, end, text }], reading);
    });
  });
}

/** A block begins at its key; one of several under a key begins at its brace. */
function block(type: string, labels: readonly Label[], node: Block, member: Member, reading: Reading): BlockSyntax {
  const { file } = node.at;
  const alone = member.value === node;
  const start = alone ? member.whole.start : node.at.start;
  const items = membersOf(node).flatMap(([key, inner]) => bodyItems(key, inner, type, reading));
  return { is: "block", file, start, end: node.at.end, type, labels, body: { ...place(node.at), items } };
}

function bodyItems(key: string, member: Member, type: string, reading: Reading): readonly Item[] {
  if (key !== "dynamic") return [attribute(key, member, reading, isExpression(type, key))];
  return itemsOf(member.value)
    .flatMap((node) => (node.is === "block" ? membersOf(node) : []))
    .flatMap(([text, inner]) =>
      itemsOf(inner.value).flatMap((node) => (node.is === "block" ? [dynamic(text, inner, node, reading)] : [])),
    );
}

function dynamic(text: string, member: Member, node: Block, reading: Reading): BlockSyntax {
  const items = membersOf(node).flatMap(([key, inner]): Item[] => {
    if (key !== "content" || inner.value.is !== "block") return [attribute(key, inner, reading, key === "iterator")];
    return [block("content", [], inner.value, inner, reading)];
  });
  const label: Label = { ...place(member.key), text };
  const { file, start, end } = member.whole;
  return { is: "block", file, start, end, type: "dynamic", labels: [label], body: { ...place(node.at), items } };
}

/** Texts that hold an expression and not a template. */
function isExpression(type: string, key: string): boolean {
  return (type === "variable" && key === "type") || key === "provider" || key === "providers" || key === "depends_on";
}

function place({ file, start, end }: Place): Place {
  return { file, start, end };
}

function attribute(name: string, member: Member, reading: Reading, plain = false): Attribute {
  const { file, start, end } = member.whole;
  return { is: "attribute", file, start, end, name, key: member.key, value: expression(member.value, reading, plain) };
}

function expression(node: Node, reading: Reading, plain: boolean): Expression {
  const { file, start, end } = node.at;
  if (node.is === "list") {
    return { is: "list", file, start, end, items: node.items.map((item) => expression(item, reading, plain)) };
  }
  if (node.is === "block") {
    const entries = membersOf(node).map(([text, { key, whole, value }]) => ({
      ...place(whole),
      key: { is: "literal" as const, ...place(key), value: text },
      value: expression(value, reading, plain),
    }));
    return { is: "object", file, start, end, entries };
  }
  const value = node.is === "scalar" ? node.value : null;
  const literal: Expression = { is: "literal", file, start, end, value };
  if (typeof value !== "string" || !reading.templates || (!plain && !/[$%]\{/.test(value))) return literal;
  return textExpression(value, node.at, plain, reading) ?? literal;
}

/** Escapes move the places inside a text; then all of it stands at the text as a whole. */
function textExpression(value: string, at: Place, plain: boolean, reading: Reading): Expression | undefined {
  const { file, start, end } = at;
  const asWritten = file.text.slice(start + 1, end - 1) === value;
  const source = asWritten ? file : { path: file.path, text: value };
  const [from, to] = asWritten ? [start + 1, end - 1] : [0, value.length];
  const parsed = plain ? parseHclExpression(source, from, to) : parseHclTemplate(source, from, to);
  if ("is" in parsed) return asWritten ? { ...parsed, start, end } : movedTo(at, parsed);
  reading.problems.push({ message: parsed.message, at: asWritten ? parsed.at : start });
  return undefined;
}

function movedTo<T>(at: Place, syntax: T): T {
  if (Array.isArray(syntax)) return syntax.map((item: unknown) => movedTo(at, item)) as T;
  if (typeof syntax !== "object" || syntax === null) return syntax;
  const entries = Object.entries(syntax).map(([key, value]: [string, unknown]) =>
    key === "file" || key === "start" || key === "end" ? [key, at[key]] : [key, movedTo(at, value)],
  );
  return Object.fromEntries(entries) as T;
}

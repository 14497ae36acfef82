/** Evaluates texts with templates in them. What is not known stays as a gap in a text that is known otherwise. */
import type { Node, Piece } from "../node.ts";
import { rounds } from "./evaluate-for.ts";
import { failure, following } from "./failure.ts";
import { gap, limits, refsIn, unknown } from "./functions/answer.ts";
import { toText } from "./functions/convert-scalar.ts";
import { relocated } from "./lazy-node.ts";
import { boolOf } from "./operators.ts";
import type { Scope } from "./scope.ts";
import type { Expression, Template, TemplatePart } from "./syntax.ts";

type Evaluate = (expression: Expression, scope: Scope) => Node;

interface Written {
  text: string;
  readonly unknown: Node[];
  readonly pieces: Piece[];
}

export function evaluateTemplate(template: Template, scope: Scope, evaluate: Evaluate): Node {
  const [first] = template.parts;
  if (template.parts.length === 1 && first?.is === "interpolation") {
    return relocated(evaluate(first.value, scope), template);
  }
  const written: Written = { text: "", unknown: [], pieces: [] };
  write(template.parts, scope, evaluate, written);
  const { text, pieces } = written;
  const marks = pieces.length > 0 ? { from: pieces[0]?.from, pieces } : {};
  if (text.length > limits.text)
    return unknown(`the text would be longer than ${limits.text} characters`, [], template);
  const cause = written.unknown[0];
  if (cause?.is !== "unknown") return { is: "scalar", at: template, value: text, ...marks };
  return { ...following(cause, template), refs: refsIn(written.unknown), text, ...(pieces.length > 0 && { pieces }) };
}

function write(parts: readonly TemplatePart[], scope: Scope, evaluate: Evaluate, written: Written): void {
  for (const part of parts) {
    if (written.text.length > limits.text) return;
    if (part.is === "text") written.text += part.value;
    else if (part.is === "interpolation") writeValue(evaluate(part.value, scope), written);
    else if (part.is === "when") {
      const test = evaluate(part.test, scope);
      const decided = boolOf(test);
      if (decided === undefined) writeGap(test, written);
      else write(decided ? part.yes : part.no, scope, evaluate, written);
    } else {
      const collection = evaluate(part.collection, scope);
      const all = rounds(collection, part, scope);
      for (const round of all ?? []) write(part.parts, round(), evaluate, written);
      if (!all) writeGap(collection, written);
      else if ("open" in collection && collection.open) writeGap(unknown(collection.open, [], collection.at), written);
    }
  }
}

function writeValue(node: Node, written: Written): void {
  const text = node.is === "scalar" ? toText(node.value) : undefined;
  if (text === undefined) writeGap(node, written);
  else {
    const start = written.text.length;
    written.text += text;
    if (node.from) written.pieces.push({ start, end: written.text.length, from: node.from });
  }
}

function writeGap(node: Node, written: Written): void {
  const known = node.is === "unknown" ? node : failure("only a text can be written into a text", node.at, [node]);
  written.text += known.text ?? gap;
  written.unknown.push(known);
}

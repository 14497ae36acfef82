/** Replaces `${{ }}` in a text: a whole value may become a list or mapping, a part becomes text and remembers its place. */
import { type Answer, isLookup, isTree, joinTaints, knownOf, nobody, textOfValue, unknownOf } from "./answer.ts";
import { evaluate } from "./evaluate.ts";
import { type Context, type Expansion, tell } from "./expansion.ts";
import { parseExpression } from "./parse-expression.ts";
import { isPredefined, predefinedTaint } from "./predefined.ts";
import type { PipelineNode, ScalarNode, TextPiece } from "./source-node.ts";
import { placeIn } from "./text-places.ts";

export interface Embedded {
  readonly start: number;
  readonly end: number;
  readonly expression: string;
}

/** The expressions of a text; `}}` within quotes ends none. */
export function embeddedIn(text: string): readonly Embedded[] {
  const found: Embedded[] = [];
  let at = text.indexOf("${{");
  while (at >= 0) {
    const end = endOf(text, at + 3);
    if (end < 0) break;
    found.push({ start: at, end: end + 2, expression: text.slice(at + 3, end).trim() });
    at = text.indexOf("${{", end + 2);
  }
  return found;
}

function endOf(text: string, from: number): number {
  let quoted = false;
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 39) quoted = !quoted;
    else if (!quoted && code === 125 && text.charCodeAt(at + 1) === 125) return at;
  }
  return -1;
}

/** Evaluates the text of an expression that stands at `[start, end)` of a scalar. */
export function evaluateIn(
  expansion: Expansion,
  context: Context,
  node: ScalarNode,
  { expression, start, end }: Embedded,
): Answer {
  const at = placeIn(node, start, end);
  const parsed = parseExpression(expression);
  if (parsed.is === "refused") {
    tell(expansion, at, parsed.message);
    return unknownOf(parsed.message);
  }
  return evaluate(parsed.expression, {
    at,
    budget: expansion.budget,
    refuse: (message) => tell(expansion, at, message),
    name: (name) => nameIn(expansion, context, name),
  });
}

/** Known only when the pipeline runs, or to the server. */
const later = new Set(["resources", "dependencies", "stagedependencies", "pipeline"]);

function nameIn(expansion: Expansion, context: Context, name: string): Answer | undefined {
  const local = context.locals.get(name.toLowerCase());
  if (local) return local;
  const lower = name.toLowerCase();
  if (lower === "parameters") return context.parameters;
  if (lower === "variables") return variablesIn(expansion, context);
  return later.has(lower) ? unknownOf(`${name} is known only to the server`) : undefined;
}

function variablesIn({ mode }: Expansion, { variables }: Context): Answer {
  const get = (name: string): Answer => {
    const own = variables.get(name.toLowerCase());
    if (own) return own;
    if (mode === "exact") return knownOf(null);
    const taint = predefinedTaint(name);
    if (taint) return unknownOf(`${taint.name} is known only for a run`, [taint]);
    return unknownOf(isPredefined(name) ? `${name} is known only for a run` : `${name} is set outside of the files`);
  };
  return knownOf({ is: "lookup", get, entries: () => [...variables] });
}

/** The value of a scalar with its expressions replaced. */
export function interpolate(expansion: Expansion, context: Context, node: ScalarNode): PipelineNode {
  const { includer } = context;
  const embedded = node.text.includes("${{") && node.source === undefined ? embeddedIn(node.text) : [];
  if (embedded.length === 0) return includer === undefined ? node : { ...node, includer };
  const answers = embedded.map((one) => evaluateIn(expansion, context, node, one));
  const [only] = answers;
  const isWhole = answers.length === 1 && embedded[0]?.start === 0 && embedded[0].end === node.text.trimEnd().length;
  if (isWhole && only?.is === "known") {
    if (isTree(only.value)) return node.when === undefined ? only.value : { ...only.value, when: node.when };
    if (only.value === null) return { ...node, includer, value: null, text: "" };
  }
  return withPieces(expansion, context, node, embedded, answers);
}

function withPieces(
  expansion: Expansion,
  { includer }: Context,
  node: ScalarNode,
  embedded: readonly Embedded[],
  answers: readonly Answer[],
): ScalarNode {
  const pieces: TextPiece[] = [];
  let text = "";
  let from = 0;
  for (const [index, { start, end, expression }] of embedded.entries()) {
    text += node.text.slice(from, start);
    const answer = answers[index] ?? unknownOf("");
    const made = answer.is === "known" ? textOfValue(answer.value) : undefined;
    if (answer.is === "known" && made === undefined) {
      const what =
        isLookup(answer.value) || !isTree(answer.value) || answer.value.is === "map" ? "mapping" : "sequence";
      tell(expansion, placeIn(node, start, end), `A ${what} was not expected`);
    }
    const written = made ?? node.text.slice(start, end);
    const taints = answer.taints.length === 0 ? nobody : joinTaints([answer]);
    const piece = { start: text.length, end: text.length + written.length, sourceStart: start, sourceEnd: end };
    pieces.push({ ...piece, expression, taints, known: made !== undefined });
    text += written;
    from = end;
  }
  text += node.text.slice(from);
  expansion.budget.left -= text.length;
  if (expansion.budget.left < 0) {
    tell(expansion, node.at, "the expressions make too much text", "too-large");
    return { ...node, includer };
  }
  return { ...node, includer, value: text, text, source: node, pieces };
}

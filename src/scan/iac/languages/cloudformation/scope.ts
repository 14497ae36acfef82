/** What a value of a template is resolved against, and how far the resolution may go. */
import type { Node, Scalar, Unknown } from "../../../formats/node.ts";
import type { Place } from "../../../formats/text-file.ts";
import type { Template } from "./template.ts";

export interface Scope {
  readonly template: Template;
  /** Conditions of which it is settled whether they hold where the value stands. */
  readonly settled: ReadonlyMap<string, boolean>;
  /** Values of the loops around. */
  readonly loops: ReadonlyMap<string, Node>;
  /** A parameter's default tells what is likely, but proves nothing: conditions are decided without it. */
  readonly withoutDefaults: boolean;
  readonly conditions: Map<string, boolean | undefined>;
  /** What a resource that deploys this template gives a parameter; undefined for its default. */
  readonly given?: ((name: string, withoutDefaults: boolean) => Node | undefined) | undefined;
  /** The scope of the template that a resource deploys, where it is in the repository. */
  readonly nested: (id: string) => Scope | undefined;
  /** Attributes that were read already. */
  readonly attributes: Map<string, Node | undefined>;
  readonly journey: Journey;
  /** Functions resolve their arguments, and resolving calls functions: they meet here. */
  readonly resolveNode: (node: Node, scope: Scope) => Node | undefined;
}

/** One for all templates of a unit. */
export interface Journey {
  /** How deep the resolution stands, so that circles and nests come to an end before the stack does. */
  depth: number;
  /** How much was done, so that what doubles with each line comes to an end too. */
  steps: number;
}

const deepest = 300;
const mostSteps = 1_000_000;
/** Items of a list that is made of a text. */
const mostItems = 1000;

export function scopeOf(
  template: Template,
  resolveNode: Scope["resolveNode"],
  deployed: Pick<Scope, "given" | "nested" | "journey">,
): Scope {
  return {
    ...deployed,
    template,
    resolveNode,
    attributes: new Map(),
    settled: new Map(),
    loops: new Map(),
    withoutDefaults: false,
    conditions: new Map(),
  };
}

/** The value of a node; undefined where CloudFormation would leave it out. */
export function resolve(node: Node, scope: Scope): Node | undefined {
  return scope.resolveNode(node, scope);
}

/** The scope of another resource: nothing of what is settled here holds there. */
export function elsewhere(scope: Scope): Scope {
  return { ...scope, settled: new Map(), loops: new Map(), conditions: new Map() };
}

/** Goes one level deeper; `otherwise` where that is too deep. */
export function deeper<T>({ journey }: Scope, go: () => T, otherwise: T): T {
  journey.steps += 1;
  if (journey.depth >= deepest || journey.steps > mostSteps) return otherwise;
  journey.depth += 1;
  try {
    return go();
  } finally {
    journey.depth -= 1;
  }
}

/** The parts of a text as a list; too many parts are not known. */
export function splitText(text: string, separator: string, at: Place, from: Place | undefined): Node {
  const parts = text.split(separator, mostItems + 1);
  if (parts.length > mostItems) return unknown(at, `a list has more than ${mostItems} items`);
  return { is: "list", at, from, items: parts.map((part) => scalar(at, part, from)) };
}

export function withLoop(scope: Scope, name: string, value: Node): Scope {
  return { ...scope, loops: new Map([...scope.loops, [name, value]]) };
}

export function unknown(at: Place, reason: string, from: readonly Node[] = []): Unknown {
  return { is: "unknown", at, reason, refs: refsOf(from) };
}

export function scalar(at: Place, value: Scalar["value"], from?: Place): Scalar {
  return from === undefined ? { is: "scalar", at, value } : { is: "scalar", at, value, from };
}

/** What these values, and the items of lists among them, depend on. */
export function refsOf(nodes: readonly Node[]): readonly string[] {
  const refs = new Set<string>();
  for (const node of nodes) {
    for (const one of node.is === "list" ? node.items : [node]) {
      if (one.is === "unknown") for (const ref of one.refs) refs.add(ref);
    }
  }
  return [...refs];
}

/** The same value used elsewhere. */
export function usedAt(node: Node, at: Place): Node {
  return { ...node, at, from: node.from ?? node.at };
}

/** The plain text of a scalar that is not null. */
export function plainText(node: Node | undefined): string | undefined {
  return node?.is === "scalar" && node.value !== null ? String(node.value) : undefined;
}

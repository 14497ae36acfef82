/** Parameters of a file: how they are declared, what a caller gives, and who may choose what is left. */
import type { Place } from "../text-file.ts";
import { type Answer, answerOf, isTree, knownOf, nobody, numberOfValue, textOfValue, unknownOf } from "./answer.ts";
import { type Expansion, tell } from "./expansion.ts";
import { entryOf, itemsOf, type PipelineNode, type Taint, textAt, valueAt } from "./source-node.ts";

export interface Parameter {
  readonly name: string;
  /** In small letters; `string` where none is written. */
  readonly type: string;
  readonly value: PipelineNode | undefined;
  /** What may be chosen, if the author wrote that down. */
  readonly values: readonly string[] | undefined;
  readonly at: Place;
}

export interface Declared {
  readonly parameters: readonly Parameter[];
  /** The old form is a mapping of names and defaults, and takes whatever it is given. */
  readonly isTyped: boolean;
}

export function declaredIn(root: PipelineNode | undefined): Declared {
  const node = valueAt(root, "parameters");
  if (node?.is === "map") {
    const parameters = node.entries.map(({ key, value }) => ({
      ...{ name: key.text, type: "any", value, values: undefined, at: key.at },
    }));
    return { parameters, isTyped: false };
  }
  const parameters = itemsOf(node).flatMap((item): readonly Parameter[] => {
    const name = textAt(item, "name");
    if (name === undefined) return [];
    const values = valueAt(item, "values");
    return [
      {
        name,
        type: (textAt(item, "type") ?? "string").toLowerCase(),
        value: entryOf(item, "default")?.value,
        values: values?.is === "list" ? values.items.map((one) => (one.is === "scalar" ? one.text : "")) : undefined,
        at: item.at,
      },
    ];
  });
  return { parameters, isTyped: node?.is === "list" };
}

/** What a root pipeline is run with: defaults, which whoever starts it may replace. */
export function parametersOfRun(expansion: Expansion, { parameters }: Declared, webhooks: readonly string[]): Answer {
  const answers = new Map<string, readonly [string, Answer]>();
  for (const parameter of parameters) {
    const taints = expansion.mode === "exact" ? nobody : [chosenBy(parameter)];
    answers.set(parameter.name.toLowerCase(), [
      parameter.name,
      valueFor(expansion, parameter, parameter.value, taints),
    ]);
  }
  for (const name of webhooks) {
    answers.set(name.toLowerCase(), [name, unknownOf("a webhook brings it", [{ kind: "webhook", name }])]);
  }
  const refusal = (name: string) => (parameters.length > 0 ? `the parameter '${name}' is not declared` : undefined);
  return lookupOf(answers, refusal, expansion);
}

function chosenBy({ name, type, values }: Parameter): Taint {
  const isFree = values === undefined && /^(?:string|object|stringlist|any|legacyobject)$/.test(type);
  return { kind: isFree ? "parameter" : "choice", name };
}

/** What a template is given by its caller. */
export function parametersOfCall(
  expansion: Expansion,
  { parameters, isTyped }: Declared,
  given: PipelineNode | undefined,
  call: Place,
): Answer {
  const answers = new Map<string, readonly [string, Answer]>();
  const entries = given?.is === "map" ? given.entries : [];
  for (const { key, value } of entries) {
    const isKnown = parameters.some(({ name }) => name.toLowerCase() === key.text.toLowerCase());
    if (isTyped && !isKnown) tell(expansion, key.at, `Unexpected parameter '${key.text}'`);
    else answers.set(key.text.toLowerCase(), [key.text, answerOf(value)]);
  }
  for (const parameter of parameters) {
    const own = entryOf(given, parameter.name)?.value;
    if (own === undefined && parameter.value === undefined && isTyped) {
      tell(expansion, call, `A value for the '${parameter.name}' parameter must be provided.`);
    }
    const answer = valueFor(expansion, parameter, own ?? parameter.value, nobody);
    answers.set(parameter.name.toLowerCase(), [parameter.name, answer]);
  }
  return lookupOf(answers, (name) => (isTyped ? `the parameter '${name}' is not declared` : undefined), expansion);
}

/** Asking for what is not declared is an error where parameters are declared with types. */
function lookupOf(
  answers: ReadonlyMap<string, readonly [string, Answer]>,
  refusal: (name: string) => string | undefined,
  expansion: Expansion,
): Answer {
  const get = (name: string): Answer => {
    const found = answers.get(name.toLowerCase());
    if (found) return found[1];
    const message = refusal(name);
    if (message === undefined) return knownOf(null);
    return expansion.mode === "exact"
      ? { is: "unknown", reason: message, taints: nobody, isMistake: true }
      : unknownOf(message);
  };
  return knownOf({ is: "lookup", get, entries: () => [...answers.values()] });
}

function valueFor(
  expansion: Expansion,
  parameter: Parameter,
  node: PipelineNode | undefined,
  taints: readonly Taint[],
): Answer {
  if (!node) return unknownOf(`the parameter '${parameter.name}' has no default`, taints);
  const answer = answerOf(node);
  if (answer.is === "unknown") return { ...answer, taints: [...narrowed(parameter, answer.taints), ...taints] };
  const message = mismatch(parameter, answer);
  if (message !== undefined) tell(expansion, node.at, message);
  const value = typed(parameter, answer);
  return knownOf(value, [...narrowed(parameter, answer.taints), ...taints]);
}

/** A type or a list of values lets only a choice through. */
function narrowed({ type, values }: Parameter, taints: readonly Taint[]): readonly Taint[] {
  if (taints.length === 0 || (values === undefined && type !== "boolean" && type !== "number")) return taints;
  return taints.map(({ name }): Taint => ({ kind: "choice", name }));
}

type Known = Extract<Answer, { is: "known" }>;

function typed({ type }: Parameter, { value }: Known): Known["value"] {
  if (type === "boolean") return /^(?:true|yes|y|on)$/i.test(textOfValue(value) ?? "");
  if (type === "number") return numberOfValue(value) ?? value;
  if (type === "string" && !isTree(value)) return textOfValue(value) ?? null;
  return type === "legacyobject" && isTree(value) ? asTexts(value, 0) : value;
}

/** The old objects hold nothing but texts. */
function asTexts<Tree extends PipelineNode>(node: Tree, depth: number): Tree {
  if (depth > 100) return node;
  if (node.is === "scalar")
    return typeof node.value === "string" || node.value === null ? node : { ...node, value: node.text };
  if (node.is === "list") return { ...node, items: node.items.map((item) => asTexts(item, depth + 1)) };
  return { ...node, entries: node.entries.map(({ key, value }) => ({ key, value: asTexts(value, depth + 1) })) };
}

const lists = /^(?:stringlist|steplist|joblist|deploymentlist|stagelist|containerlist)$/;
const maps = /^(?:step|job|deployment|stage|container)$/;
const plain = /^(?:string|boolean|number|filepath|securefile|pool|environment|serviceconnection)$/;

function mismatch({ name, type, values }: Parameter, { value }: Known): string | undefined {
  if (value === null) return undefined;
  if (isTree(value)) {
    const what = value.is === "map" ? "mapping" : "sequence";
    const isRefused = plain.test(type) || (value.is === "map" ? lists.test(type) : maps.test(type));
    return isRefused ? `A ${what} was not expected for the parameter '${name}'` : undefined;
  }
  const text = textOfValue(value) ?? "";
  if ((lists.test(type) || maps.test(type)) && text !== "")
    return `Unexpected value '${text}' for the parameter '${name}'`;
  if (type === "boolean" && !/^(?:true|false|yes|no|y|n|on|off)$/i.test(text)) {
    return `Unexpected value '${text}' for the boolean parameter '${name}'`;
  }
  if (type === "number" && numberOfValue(value) === undefined) {
    return `Unexpected value '${text}' for the number parameter '${name}'`;
  }
  if (values && !values.some((one) => one.toLowerCase() === text.toLowerCase())) {
    return `The parameter '${name}' does not allow the value '${text}'`;
  }
  return undefined;
}

/**
 * Evaluates an expression three-valued: what depends on something unknown is unknown unless the rest decides, and who may
 * choose a part may choose the result. Names and functions that do not exist are refused as Azure refuses them.
 */
import type { Place } from "../text-file.ts";
import {
  type Answer,
  answerOf,
  isLookup,
  isTree,
  joinTaints,
  knownOf,
  textOfValue,
  unknownOf,
  type Value,
} from "./answer.ts";
import { type Expression, isVersion } from "./expression-node.ts";
import { arityOf, functions, holds, logicFunctions, notComputed } from "./functions.ts";
import { type ListNode, type PipelineNode, type Taint, valueAt } from "./source-node.ts";

export interface Environment {
  /** A name at the beginning of a path: `parameters`, `variables`, the variable of an `each`. */
  readonly name: (name: string) => Answer | undefined;
  /** Where the expression stands; values it makes stand there too. */
  readonly at: Place;
  readonly refuse: (message: string) => void;
  /** Characters that may still be made; it goes down. */
  readonly budget: { left: number };
}

export function evaluate(expression: Expression, environment: Environment): Answer {
  switch (expression.is) {
    case "literal":
      return knownOf(expression.value);
    case "name":
      return (
        environment.name(expression.name) ?? refused(environment, `Unrecognized named-value: '${expression.name}'`)
      );
    case "property":
      return memberOf(evaluate(expression.of, environment), expression.name, environment);
    case "item":
      return itemOf(evaluate(expression.of, environment), evaluate(expression.key, environment), environment);
    case "every":
      return everyOf(evaluate(expression.of, environment), environment);
    case "call":
      return callOf(expression.name, expression.args, environment);
  }
}

function refused({ refuse }: Environment, message: string): Answer {
  refuse(message);
  return unknownOf(message);
}

function memberOf(of: Answer, name: string, environment: Environment): Answer {
  if (of.is === "unknown") return unknownOf(of.reason, of.taints);
  const { value, taints } = of;
  if (isLookup(value)) {
    const found = value.get(name) ?? knownOf(null);
    if (found.is === "unknown" && found.isMistake) environment.refuse(found.reason);
    return found;
  }
  if (!isTree(value)) return knownOf(null, taints);
  if (value.is === "map") {
    const found = valueAt(value, name);
    if (!found) return value.open === undefined ? knownOf(null, taints) : unknownOf(value.open, taints);
    return withTaints(answerOf(found), taints);
  }
  const position = Number(name);
  if (Number.isInteger(position)) return withTaints(answerAt(value, position), taints);
  // A property of a filtered list is that property of each.
  return knownOf(
    listOf(
      value.items.flatMap((item) => valueAt(item, name) ?? []),
      environment,
    ),
    taints,
  );
}

function itemOf(of: Answer, key: Answer, environment: Environment): Answer {
  const taints = joinTaints([of, key]);
  if (key.is === "unknown") return unknownOf(key.reason, taints);
  const name = textOfValue(key.value);
  return name === undefined
    ? unknownOf("a list or mapping is no name", taints)
    : withTaints(memberOf(of, name, environment), taints);
}

function answerAt({ items }: ListNode, position: number): Answer {
  const found = items[position];
  return found ? answerOf(found) : knownOf(null);
}

function withTaints(answer: Answer, taints: readonly Taint[]): Answer {
  return taints.length === 0 ? answer : { ...answer, taints: joinTaints([answer, { taints }]) };
}

function everyOf(of: Answer, environment: Environment): Answer {
  if (of.is === "unknown" || !isTree(of.value))
    return unknownOf("every value of something that is not known", of.taints);
  const { value } = of;
  const items = value.is === "list" ? value.items : value.entries.map((entry) => entry.value);
  return knownOf(listOf(items, environment), of.taints);
}

function listOf(items: readonly PipelineNode[], { at }: Environment): ListNode {
  return { is: "list", at, items };
}

function callOf(name: string, args: readonly Expression[], environment: Environment): Answer {
  const arity = arityOf(name);
  if (!arity) return refused(environment, `Unrecognized function: '${name}'`);
  const [least, most] = arity;
  if (args.length < least || args.length > most)
    return refused(environment, `${name}() does not take ${args.length} values`);
  const lower = name.toLowerCase();
  const answers = args.map((arg) => evaluate(arg, environment));
  if (logicFunctions.has(lower)) return logicOf(lower, answers);
  const taints = joinTaints(answers);
  const found = functions.get(lower);
  if (!found) return notComputed(name);
  const unknown = answers.find((answer) => answer.is === "unknown");
  if (unknown?.is === "unknown") return unknownOf(unknown.reason, taints);
  const values = answers.map((answer) => (answer.is === "known" ? answer.value : null));
  const inner = joinTaints([{ taints }, ...values.map((value) => ({ taints: treeTaints(value, 0) }))]);
  const result = found.call(values, { listOf: (texts) => textsOf(texts, environment) });
  if (result === undefined) return refused(environment, `${name}() cannot be applied to these values`);
  if (!isAffordable(result, environment)) return unknownOf("the expressions make too much text", inner);
  return knownOf(result, inner);
}

/** Who may choose a text within a list or mapping, as far as one looks. */
function treeTaints(value: Value | PipelineNode, depth: number): readonly Taint[] {
  if (typeof value !== "object" || value === null || isVersion(value) || value.is === "lookup" || depth > 6) return [];
  if (value.is === "scalar") return value.pieces ? joinTaints(value.pieces) : [];
  const inside = value.is === "list" ? value.items : value.entries.map((entry) => entry.value);
  return joinTaints(inside.slice(0, 200).map((one) => ({ taints: treeTaints(one, depth + 1) })));
}

function isAffordable(value: Value, environment: Environment): boolean {
  const { budget } = environment;
  if (typeof value === "string") budget.left -= value.length;
  if (budget.left >= 0) return true;
  environment.refuse("the expressions make too much text");
  return false;
}

function textsOf(texts: readonly string[], environment: Environment): ListNode {
  environment.budget.left -= texts.length * 20;
  const { at } = environment;
  return listOf(
    texts.map((text) => ({ is: "scalar", at, value: text, text, style: "quoted" })),
    environment,
  );
}

function logicOf(name: string, answers: readonly Answer[]): Answer {
  const taints = joinTaints(answers);
  const [first, second, third] = answers;
  switch (name) {
    case "and":
    case "or":
      return decided(answers, name === "or");
    case "not": {
      const held = first && holds(first);
      return held === undefined ? unknownOf(reasonIn(answers), taints) : knownOf(!held, taints);
    }
    case "xor": {
      const [one, two] = answers.map(holds);
      return one === undefined || two === undefined
        ? unknownOf(reasonIn(answers), taints)
        : knownOf(one !== two, taints);
    }
    case "iif": {
      const held = first && holds(first);
      const chosen = held === undefined ? undefined : held ? second : third;
      return chosen ? withTaints(chosen, first?.taints ?? []) : unknownOf(reasonIn(answers), taints);
    }
    default:
      return coalesced(answers);
  }
}

/** What decides alone, and by nobody's choice, decides without the others. */
function decided(answers: readonly Answer[], by: boolean): Answer {
  const deciding = answers.filter((answer) => holds(answer) === by);
  if (deciding.some((answer) => answer.taints.length === 0)) return knownOf(by);
  const taints = joinTaints(answers);
  if (deciding.length > 0) return knownOf(by, taints);
  return answers.some((answer) => answer.is === "unknown")
    ? unknownOf(reasonIn(answers), taints)
    : knownOf(!by, taints);
}

function coalesced(answers: readonly Answer[]): Answer {
  for (const answer of answers) {
    if (answer.is === "unknown") return answer;
    if (isTree(answer.value) || textOfValue(answer.value) !== "") return answer;
  }
  return answers.at(-1) ?? knownOf(null);
}

function reasonIn(answers: readonly Answer[]): string {
  const unknown = answers.find((answer) => answer.is === "unknown");
  return unknown?.is === "unknown" ? unknown.reason : "it is not known";
}

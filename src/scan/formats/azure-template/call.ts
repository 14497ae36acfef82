/** What a template function is given and how the plain ones, which want all their arguments known, are written. */
import type { Node } from "../node.ts";
import type { Place } from "../text-file.ts";
import { isText, unknownCall, unknownOf, usedAt } from "./values.ts";

/** How much may still be computed for one template, and how deep we are in it. Shared by all scopes of a unit. */
export interface Budget {
  left: number;
  depth: number;
  /** Resources that are being named by those that they stand below. */
  line: number;
}

/** What functions ask of the template that calls them. */
export interface TemplateScope {
  readonly budget: Budget;
  /** Where the template is deployed; decides how ids begin. */
  readonly target: "resourceGroup" | "subscription" | "managementGroup" | "tenant";
  /** What `reference()` gives for a resource of this address, where that can be known: outputs of a nested deployment. */
  readonly reference?: (address: string) => Node | undefined;
}

/** Arguments are computed when they are asked for: `if` computes one of its two. */
export type Argument = (() => Node) | Lambda;

export interface Lambda {
  readonly is: "lambda";
  /** How many values it takes: `map` hands a position over only if there are two. */
  readonly parameters: number;
  readonly call: (values: readonly Node[]) => Node;
}

export interface Call {
  /** As it shall be written in texts: `toLower`. */
  readonly name: string;
  readonly args: readonly Argument[];
  readonly at: Place;
  readonly scope: TemplateScope;
}

export type TemplateFunction = (call: Call) => Node;
export type FunctionTable = Readonly<Record<string, TemplateFunction>>;

/** The value of an argument; undefined if there is none in this position, or a lambda. */
export function argument(call: Call, position: number): Node | undefined {
  const argument = call.args[position];
  return typeof argument === "function" ? argument() : undefined;
}

export function lambdaAt(call: Call, position: number): Lambda | undefined {
  const argument = call.args[position];
  return typeof argument === "object" ? argument : undefined;
}

export function values(call: Call): readonly Node[] {
  const given = call.args.flatMap((argument) => (typeof argument === "function" ? [argument()] : []));
  for (const value of given) if (isText(value)) call.scope.budget.left -= value.value.length >> 6;
  return given;
}

/** Long lists count, as long texts do, where a function goes through all their items. */
export function charge(given: readonly Node[], { scope }: Pick<Call, "scope">): void {
  for (const value of given) if (value.is === "list") scope.budget.left -= value.items.length >> 3;
}

export function misfit(call: Call): Node {
  return unknownOf(call.at, `${call.name} was given values that it does not take`);
}

/**
 * A function of values none of which may be unknown itself (what stands inside lists and objects may). Undefined means
 * that it does not take such values. A result made of a parameter's default was decided there.
 */
export function strict(make: (given: readonly Node[], call: Call) => Node | undefined): TemplateFunction {
  return (call) => {
    const given = values(call);
    if (given.length < call.args.length) return misfit(call);
    if (given.some((value) => value.is === "unknown")) return unknownCall(call.name, given, call.at);
    charge(given, call);
    const result = make(given, call);
    if (result === undefined) return misfit(call);
    if (result.from !== undefined || result.at !== call.at) return usedAt(result, call.at);
    const from = given.find((value) => value.from !== undefined)?.from;
    return from === undefined || result.is === "list" ? result : { ...result, from };
  };
}

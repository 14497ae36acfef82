/** Works out the pipelines of actions: values, fields, variables, functions and methods. */
import type { Place } from "../text-file.ts";
import type { OutputPart } from "./output.ts";
import type { Room } from "./room.ts";
import type { Command, Expression, Pipeline } from "./syntax.ts";
import { type FunctionTable, TemplateFailure } from "./template-function.ts";
import { placeIn, type Text } from "./traced-text.ts";
import { at, isTrue, isUnknown, nil, type Value } from "./value.ts";

/** One template that runs. */
export interface Frame {
  readonly source: Text;
  readonly room: Room;
  readonly functions: FunctionTable;
  readonly include: (name: string, dot: Value) => Text;
  readonly expand: (template: Text, dot: Value, place: Place) => Text;
  readonly out: OutputPart[];
  /** A file of its own, and no part of another. */
  readonly isFile: boolean;
}

/** Variables; the one without a name is what the template was given. */
export interface Scope {
  readonly names: Map<string, Value>;
  readonly parent: Scope | undefined;
}

export function scopeWithin(parent: Scope): Scope {
  return { names: new Map(), parent };
}

export function evaluatePipeline(frame: Frame, pipeline: Pipeline, dot: Value, scope: Scope): Value {
  let value: Value | undefined;
  for (const command of pipeline.commands) value = evaluateCommand(frame, command, dot, scope, value);
  const result = value ?? nil;
  for (const name of pipeline.variables) {
    const target = pipeline.assigns ? scopeOf(scope, name) : scope;
    if (!target) throw new TemplateFailure(`the variable $${name} is not defined`);
    target.names.set(name, result);
  }
  return result;
}

function scopeOf(scope: Scope, name: string): Scope | undefined {
  for (let one: Scope | undefined = scope; one; one = one.parent) if (one.names.has(name)) return one;
  return undefined;
}

function evaluateCommand(
  frame: Frame,
  { words, start, end }: Command,
  dot: Value,
  scope: Scope,
  piped: Value | undefined,
): Value {
  frame.room.spend(1);
  const [head, ...rest] = words;
  if (!head) return nil;
  if (head.is === "function") {
    if (head.name === "and" || head.name === "or") return evaluateLogic(frame, head.name, rest, dot, scope, piped);
    const args = argumentsOf(frame, rest, dot, scope, piped);
    return callFunction(frame, head.name, args, { start, end });
  }
  if (rest.length === 0 && piped === undefined) return evaluateExpression(frame, head, dot, scope);
  const args = argumentsOf(frame, rest, dot, scope, piped);
  if (head.is !== "field") throw new TemplateFailure("something that is no function is given arguments");
  return callMethod(frame, evaluateExpression(frame, head.of, dot, scope), head.name, args);
}

function argumentsOf(
  frame: Frame,
  words: readonly Expression[],
  dot: Value,
  scope: Scope,
  piped: Value | undefined,
): readonly Value[] {
  const args = words.map((word) => evaluateExpression(frame, word, dot, scope));
  return piped === undefined ? args : [...args, piped];
}

/** Arguments behind the one that decides are not worked out. */
function evaluateLogic(
  frame: Frame,
  name: "and" | "or",
  words: readonly Expression[],
  dot: Value,
  scope: Scope,
  piped: Value | undefined,
): Value {
  let value: Value | undefined;
  for (const word of words) {
    value = evaluateExpression(frame, word, dot, scope);
    if (isTrue(value) === (name === "or")) return value;
  }
  value = piped ?? value;
  if (value === undefined) throw new TemplateFailure(`${name} is given no values`);
  return value;
}

function callFunction(
  frame: Frame,
  name: string,
  args: readonly Value[],
  span: { readonly start: number; readonly end: number },
): Value {
  const run = Object.hasOwn(frame.functions, name) ? frame.functions[name] : undefined;
  if (!run) throw new TemplateFailure(`the function ${name} is not known`);
  const place = placeIn(frame.source, span.start, span.end);
  if (!place) throw new TemplateFailure(`the call of ${name} has no place`);
  const { room, include, expand } = frame;
  try {
    const result = run(args, { at: place, room, include, expand: (template, dot) => expand(template, dot, place) });
    if (result.is === "text") room.reserve(result.text.length + result.marks.length * 8);
    return result;
  } catch (error) {
    if (error instanceof TemplateFailure) throw new TemplateFailure(`${name}: ${error.message}`);
    throw error;
  }
}

function callMethod({ room }: Frame, receiver: Value, name: string, args: readonly Value[]): Value {
  if (isUnknown(receiver)) return receiver;
  if (receiver.is === "nil") return room.unknowns.make(receiver.why ?? `${name} is called on a value that is not set`);
  const result = receiver.is === "native" ? receiver.call(name, args) : undefined;
  if (result === undefined) throw new TemplateFailure(`${name} is no method, it takes no arguments`);
  return result;
}

function evaluateExpression(frame: Frame, expression: Expression, dot: Value, scope: Scope): Value {
  frame.room.spend(1);
  switch (expression.is) {
    case "dot":
      return dot;
    case "literal":
      return expression.value;
    case "variable": {
      const value = scopeOf(scope, expression.name)?.names.get(expression.name);
      if (!value) throw new TemplateFailure(`the variable $${expression.name} is not defined`);
      return value;
    }
    case "function":
      return callFunction(frame, expression.name, [], expression);
    case "pipeline":
      return frame.room.within(() => evaluatePipeline(frame, expression.pipeline, dot, scopeWithin(scope)));
    case "field":
      return evaluateField(frame, expression, dot, scope);
  }
}

/** The fields of a chain, one after the other: chains may be long. */
function evaluateField(
  frame: Frame,
  expression: Extract<Expression, { is: "field" }>,
  dot: Value,
  scope: Scope,
): Value {
  const fields: Extract<Expression, { is: "field" }>[] = [];
  let start: Expression = expression;
  for (; start.is === "field"; start = start.of) fields.push(start);
  let value = evaluateExpression(frame, start, dot, scope);
  for (const field of fields.reverse()) value = fieldOf(frame, field, value);
  return value;
}

function fieldOf(
  { source }: Frame,
  { name, start, end, of }: Extract<Expression, { is: "field" }>,
  value: Value,
): Value {
  if (isUnknown(value)) return value;
  switch (value.is) {
    case "nil":
      return { is: "nil", why: value.why ?? `${source.text.slice(start, of.end)} is not set, nor is ${name} in it` };
    case "dict":
      return at(value, name) ?? nil;
    case "native": {
      const found = value.field(name) ?? value.call(name, []);
      if (found) return found;
      break;
    }
    case "text":
    case "bool":
    case "number":
    case "list":
      break;
  }
  throw new TemplateFailure(`${source.text.slice(start, end)}: there is no field ${name} in it`);
}

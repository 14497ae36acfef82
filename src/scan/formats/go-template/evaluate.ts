/**
 * Runs templates. What fails is a problem and goes on as something unknown, so that one wrong action does not hide the rest
 * of a template. A condition that is unknown holds, a loop over something unknown runs once.
 */
import type { Place } from "../text-file.ts";
import { evaluatePipeline, type Frame, type Scope, scopeWithin } from "./evaluate-pipeline.ts";
import { asOutput, asText, type OutputPart, type Rendered } from "./output.ts";
import { parseTemplate } from "./parse-template.ts";
import { printed } from "./print-value.ts";
import { type Room, TemplateOverrun } from "./room.ts";
import type { Statement } from "./syntax.ts";
import { type FunctionTable, TemplateFailure } from "./template-function.ts";
import { filledText, joinedText, placeIn, plainText, slicedText, type Text, textFrom } from "./traced-text.ts";
import { at, int, isTrue, isUnknown, sortedKeys, type Value } from "./value.ts";

export interface Template {
  readonly body: readonly Statement[];
  readonly source: Text;
}

export interface TemplateSet {
  readonly templates: ReadonlyMap<string, Template>;
  readonly functions: FunctionTable;
  readonly room: Room;
  /** Why a template may be missing; its text is unknown then. Without it, that is a failure. */
  readonly missing?: string | undefined;
}

/** Renders a template that is a file of its own: its text, and where each part of it comes from. */
export function renderTemplate(set: TemplateSet, template: Template, dot: Value): Rendered {
  return asOutput(run(set, template, dot, true));
}

function run(set: TemplateSet, { body, source }: Template, dot: Value, isFile = false): readonly OutputPart[] {
  const out: OutputPart[] = [];
  const include = (name: string, argument: Value): Text => {
    const template = set.templates.get(name);
    if (template) return set.room.within(() => asText(run(set, template, argument)));
    if (set.missing !== undefined) return set.room.unknowns.make(set.missing);
    throw new TemplateFailure(`there is no template "${name}"`);
  };
  const expand = (text: Text, argument: Value, place: Place): Text => {
    set.room.spend(text.text.length / 16);
    const parsed = parseTemplate(text.text);
    if ("message" in parsed) throw new TemplateFailure(`the text given to tpl is no template: ${parsed.message}`);
    const inner = filledText(text, place);
    const templates = new Map(set.templates);
    for (const [name, own] of parsed.defined) templates.set(name, { body: own, source: inner });
    return set.room.within(() => asText(run({ ...set, templates }, { body: parsed.body, source: inner }, argument)));
  };
  const frame: Frame = { source, room: set.room, functions: set.functions, include, expand, out, isFile };
  execute(frame, body, dot, { names: new Map([["", dot]]), parent: undefined });
  return out;
}

type Signal = "next" | "break" | "continue";

function execute(frame: Frame, statements: readonly Statement[], dot: Value, scope: Scope): Signal {
  for (const statement of statements) {
    frame.room.spend(1);
    const signal = executeOne(frame, statement, dot, scope);
    if (signal !== "next") return signal;
  }
  return "next";
}

function executeOne(frame: Frame, statement: Statement, dot: Value, scope: Scope): Signal {
  switch (statement.is) {
    case "text": {
      const text = slicedText(frame.source, statement.start, statement.end);
      frame.room.reserve(text.text.length);
      frame.out.push({ text, at: text.marks[0]?.from, exact: true });
      return "next";
    }
    case "break":
    case "continue":
      return statement.is;
    case "if":
    case "with":
    case "range":
      return frame.room.within(() => executeControl(frame, statement, dot, scope));
    case "action": {
      const value = attempt(frame, statement, () => evaluatePipeline(frame, statement.pipeline, dot, scope));
      if (statement.pipeline.variables.length === 0) print(frame, statement, value);
      return "next";
    }
    case "template":
      print(
        frame,
        statement,
        attempt(frame, statement, () =>
          frame.include(
            statement.name,
            statement.pipeline ? evaluatePipeline(frame, statement.pipeline, dot, scope) : { is: "nil" },
          ),
        ),
      );
      return "next";
  }
}

/** A failure is reported and becomes something unknown. */
function attempt(frame: Frame, statement: Statement, evaluate: () => Value): Value {
  try {
    return evaluate();
  } catch (error) {
    if (error instanceof TemplateOverrun || !(error instanceof TemplateFailure)) throw error;
    const place = placeIn(frame.source, statement.start, statement.end);
    if (place) frame.room.report({ is: "failure", message: error.message, at: place });
    return frame.room.unknowns.make(error.message);
  }
}

function print(frame: Frame, statement: Statement, value: Value): void {
  const place = placeIn(frame.source, statement.start, statement.end);
  let text: Text;
  if (value.is === "nil") text = value.why === undefined ? plainText("") : frame.room.unknowns.make(value.why);
  else text = printed(value);
  if (frame.isFile && isUnknown(text) && text.text.length === 1 && standsAlone(frame, statement)) {
    text = joinedText([text, plainText(": "), text]);
  }
  frame.room.reserve(text.text.length);
  frame.out.push({ text, at: place, exact: false });
}

/** On a line of its own stand members of a block, so something unknown is written as one. */
function standsAlone({ source, out }: Frame, { end }: Statement): boolean {
  const before = out.at(-1)?.text.text ?? "\n";
  const lineEnd = /[ \t]*(?:\r?\n|$)/y;
  lineEnd.lastIndex = end;
  return /(?:^|\n)[ \t]*$/.test(before) && (out.length === 0 || before.includes("\n")) && lineEnd.test(source.text);
}

type Control = Extract<Statement, { is: "if" | "with" | "range" }>;

function executeControl(frame: Frame, statement: Control, dot: Value, outer: Scope): Signal {
  const scope = scopeWithin(outer);
  if (statement.is === "range") return executeRange(frame, statement, dot, scope);
  const value = attempt(frame, statement, () => evaluatePipeline(frame, statement.pipeline, dot, scope));
  if (!isTrue(value)) return execute(frame, statement.otherwise, dot, scope);
  return execute(frame, statement.body, statement.is === "with" ? value : dot, scope);
}

function executeRange(frame: Frame, statement: Control, dot: Value, scope: Scope): Signal {
  const { pipeline, body, otherwise } = statement;
  const value = attempt(frame, statement, () => evaluatePipeline(frame, { ...pipeline, variables: [] }, dot, scope));
  const turns = attemptTurns(frame, statement, value);
  if (turns.length === 0) return execute(frame, otherwise, dot, scope);
  const [first = "", second] = pipeline.variables;
  for (const [key, item] of turns) {
    frame.room.spend(1);
    const inner = scopeWithin(scope);
    if (pipeline.variables.length > 0) inner.names.set(first, second === undefined ? item : key);
    if (second !== undefined) inner.names.set(second, item);
    if (execute(frame, body, item, inner) === "break") break;
  }
  return "next";
}

type Turn = readonly [key: Value, item: Value];

function attemptTurns(frame: Frame, statement: Control, value: Value): readonly Turn[] {
  let turns: readonly Turn[] = [];
  attempt(frame, statement, () => {
    turns = turnsOver(frame.room, value);
    return value;
  });
  return turns;
}

function turnsOver(room: Room, value: Value): readonly Turn[] {
  if (isUnknown(value)) return [[value, value]];
  switch (value.is) {
    case "nil":
      return [];
    case "list":
      return value.items.map((item, position) => [int(position), item]);
    case "number":
      room.spend(Math.max(0, value.value));
      return Array.from({ length: Math.max(0, Math.trunc(value.value)) }, (_, turn) => [int(turn), int(turn)]);
    case "dict":
      return sortedKeys(value).map((key) => [
        textFrom(key, value.entries.get(key)?.key),
        at(value, key) ?? { is: "nil" },
      ]);
    case "native":
      if (value.entries) return turnsOver(room, value.entries());
      break;
    case "text":
    case "bool":
      break;
  }
  throw new TemplateFailure(`range cannot go over ${value.is === "text" ? "a text" : "this value"}`);
}

/** What functions of templates are given, and how they say that they cannot answer. */
import type { Place } from "../text-file.ts";
import type { Room } from "./room.ts";
import type { Text } from "./traced-text.ts";
import { isUnknown, type Value } from "./value.ts";

export interface Call {
  /** The action that calls. */
  readonly at: Place;
  readonly room: Room;
  /** Renders a template of the set. */
  readonly include: (name: string, dot: Value) => Text;
  /** Renders a text as a template. */
  readonly expand: (template: Text, dot: Value) => Text;
}

export type TemplateFunction = (args: readonly Value[], call: Call) => Value;
export type FunctionTable = Readonly<Record<string, TemplateFunction>>;

/** Ends the action in which it happens; the template goes on with something unknown in its place. */
export class TemplateFailure extends Error {}

/** For functions that look into texts or work them over: of something unknown they make something unknown. */
export function strictly(table: FunctionTable): FunctionTable {
  return Object.fromEntries(
    Object.entries(table).map(([name, run]): [string, TemplateFunction] => [
      name,
      (args, call) => {
        const unclear = args.find(isUnknown);
        return unclear ? call.room.unknowns.make(call.room.unknowns.reasonIn(unclear.text) ?? "") : run(args, call);
      },
    ]),
  );
}

/** The argument at a position; a failure where it is missing. */
export function argument(args: readonly Value[], position: number): Value {
  const value = args[position];
  if (value === undefined) throw new TemplateFailure(`argument ${position + 1} is missing`);
  return value;
}

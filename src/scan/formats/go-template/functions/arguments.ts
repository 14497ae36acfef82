/** Arguments as functions want them, converted as sprig does: a text that is no number counts as zero. */
import { numberOfGo } from "../go-literals.ts";
import { printed } from "../print-value.ts";
import { argument, TemplateFailure } from "../template-function.ts";
import { plainText, type Text } from "../traced-text.ts";
import type { Dict, Value } from "../value.ts";

export type Args = readonly Value[];

export function textArgument(args: Args, position: number): Text {
  const value = argument(args, position);
  return value.is === "nil" ? plainText("") : printed(value);
}

export function stringArgument(args: Args, position: number): string {
  return textArgument(args, position).text;
}

export function numberOf(value: Value): number {
  switch (value.is) {
    case "number":
      return value.value;
    case "bool":
      return value.value ? 1 : 0;
    case "text":
      return numberOfGo(value.text.trim())?.value ?? 0;
    case "nil":
    case "list":
    case "dict":
    case "native":
      return 0;
  }
}

export function intArgument(args: Args, position: number): number {
  const value = numberOf(argument(args, position));
  return Number.isFinite(value) ? Math.trunc(value) : 0;
}

export function listArgument(args: Args, position: number): readonly Value[] {
  const value = argument(args, position);
  if (value.is === "list") return value.items;
  if (value.is === "nil") return [];
  throw new TemplateFailure(`a list was expected as argument ${position + 1}`);
}

export function dictArgument(args: Args, position: number): Dict {
  const value = argument(args, position);
  if (value.is === "dict") return value;
  if (value.is === "native" && value.entries) return value.entries();
  if (value.is === "nil") return { is: "dict", entries: new Map() };
  throw new TemplateFailure(`a dict was expected as argument ${position + 1}`);
}

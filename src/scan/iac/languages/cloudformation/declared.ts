/** A resource as it is declared, with the scope that its values are resolved in. */
import { type Block, child } from "../../../formats/node.ts";
import type { Place } from "../../../formats/text-file.ts";
import { decide, settle } from "./conditions.ts";
import { withGlobals } from "./globals.ts";
import { type Entry, resolveBlock } from "./resolve.ts";
import { plainText, type Scope } from "./scope.ts";
import type { Template } from "./template.ts";

export interface Declared {
  readonly raw: Block;
  readonly type: string;
  readonly body: Block;
  readonly scope: Scope;
  readonly whole: Place;
}

/** Undefined, and told, for what has no plain type; undefined for what a condition leaves out. */
export function declaredIn(
  id: string,
  { member, scope }: Entry,
  template: Template,
  tell: (at: Place, code: string, message: string) => void,
): Declared | undefined {
  const { value } = member;
  const type = plainText(child(value, "Type"));
  if (value.is !== "block" || type === undefined) {
    const message = `Resource ${id} is left out, the others are checked: its type is not written as plain text.`;
    tell(member.key, "unknown-type", message);
    return undefined;
  }
  const condition = plainText(child(value, "Condition"));
  if (condition !== undefined && decide(condition, scope) === false) return undefined;
  const inner = condition === undefined ? scope : settle(condition, true, scope);
  const raw = withGlobals(value, type, template);
  return { raw, type, body: resolveBlock(raw, inner), scope: inner, whole: member.whole };
}

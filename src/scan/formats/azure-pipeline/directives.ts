/** Keys that are no keys: `${{ if }}`, `${{ elseif }}`, `${{ else }}`, `${{ each }}` and `${{ insert }}`. */
import { embeddedIn } from "./interpolate.ts";
import type { ScalarNode } from "./source-node.ts";

export type Directive =
  | { readonly is: "if"; readonly expression: string; readonly start: number; readonly end: number }
  | { readonly is: "elseif"; readonly expression: string; readonly start: number; readonly end: number }
  | { readonly is: "else" }
  | { readonly is: "insert" }
  | {
      readonly is: "each";
      readonly variable: string;
      readonly expression: string;
      readonly start: number;
      readonly end: number;
    };

export function directiveOf({ text }: ScalarNode): Directive | undefined {
  if (!text.startsWith("${{")) return undefined;
  const [only, ...others] = embeddedIn(text);
  if (!only || others.length > 0 || text.slice(only.end).trim() !== "") return undefined;
  const { expression, start, end } = only;
  if (/^(?:else|insert)$/i.test(expression))
    return expression.toLowerCase() === "else" ? { is: "else" } : { is: "insert" };
  const condition = /^(if|else\s*if)(?=[\s(])\s*([\s\S]+)$/i.exec(expression);
  if (condition) {
    const said = { expression: condition[2] ?? "", start, end };
    return condition[1]?.toLowerCase() === "if" ? { is: "if", ...said } : { is: "elseif", ...said };
  }
  const each = /^each\s+([A-Za-z_][\w-]*)\s+in\s+([\s\S]+)$/i.exec(expression);
  return each ? { is: "each", variable: each[1] ?? "", expression: each[2] ?? "", start, end } : undefined;
}

/**
 * Finds where a literal starts that stands one level below its name: ARM parameters, Terraform variables, typed
 * parameters of pipelines. Looks at a bounded window, and only if the bytes after the name allow it.
 */

import type { View } from "../text/view.ts";
import { longestNested } from "./limits.ts";
import { mayBeNested } from "./may-assign.ts";

/** `"p": { "value": `, `"p": { "type": "securestring", "defaultValue": `, `variable "p" { ... default = ` */
const inBraces =
  /^["']?\s*[:=]?\s*\{(?:[^{}]{0,200}\{[^{}]{0,200}\}){0,2}[^{}]{0,280}?["'\s,{}](?:value|defaultValue|default)["']?[ \t]*[:=][ \t]*/i;

/** `- name: p` or `p:`, some lines about it, `default: ` */
const inLines =
  /^["']?[ \t]*:?[ \t]*\r?\n(?:[ \t]+(?:type|displayName|description|isSecret|isReadOnly|readonly|required|prompt|private|noecho|sensitive)[ \t]*:[^\r\n]*\r?\n){0,4}[ \t]+(?:value|default|parameterValue)[ \t]*:[ \t]*(?![ \t\r\n])/i;

/** Offset of the literal; undefined if nothing is nested here. */
export function nestedValueStart({ bytes }: View, nameEnd: number): number | undefined {
  if (!mayBeNested(bytes, nameEnd)) return undefined;
  const text = bytes.toString("latin1", nameEnd, Math.min(bytes.length, nameEnd + longestNested));
  if (!/^["']?\s*[:=]?\s*\{|^["']?[ \t]*:?[ \t]*\r?\n[ \t]/.test(text)) return undefined;
  const match = inBraces.exec(text) ?? inLines.exec(text);
  return match === null ? undefined : nameEnd + match[0].length;
}

/** Literals and nested members as YAML text. */
import type { Literal } from "../verdict.ts";

/** Text that YAML would read as something else than this text is quoted. */
export function literalOfYaml(value: Literal): string {
  if (Array.isArray(value)) return `[${value.map((one) => literalOfYaml(one)).join(", ")}]`;
  if (typeof value !== "string") return String(value);
  const isPlain = /^[A-Za-z/][\w./-]*$/.test(value) && !/^(?:true|false|null|yes|no|on|off|y|n)$/i.test(value);
  return isPlain ? value : JSON.stringify(value);
}

export function yamlLines(path: readonly string[], value: Literal, indent: string): readonly string[] {
  const [key = "", ...rest] = path;
  const name = /^[\w./-]+$/.test(key) ? key : JSON.stringify(key);
  if (rest.length === 0) return [`${indent}${name}: ${literalOfYaml(value)}`];
  return [`${indent}${name}:`, ...yamlLines(rest, value, `${indent}  `)];
}

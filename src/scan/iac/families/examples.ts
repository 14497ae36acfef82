/** Examples of policies: a whole block around the lines that matter. */
import { bicep, type Example, tf } from "../policy.ts";

/** A resource of Terraform with these lines. */
export function tfResource(type: string, ...lines: readonly string[]): Example {
  return tf(tfBlock(type, "example", ...lines));
}

/** A block among several of one example. */
export function tfBlock(type: string, name: string, ...lines: readonly string[]): string {
  return [`resource "${type}" "${name}" {`, ...indented(lines, 1), "}", ""].join("\n");
}

/** `settings.key_id` as nested blocks of Terraform around the last name: `settings {\n  key_id = ...\n}`. */
export function tfSetting(path: string, written: string): string {
  const [first = "", ...rest] = path.split(".");
  if (rest.length === 0) return `${first} = ${written}`;
  return [`${first} {`, ...indented([tfSetting(rest.join("."), written)], 1), "}"].join("\n");
}

/** A resource of Bicep with these lines in its `properties`. */
export function bicepResource(type: string, ...properties: readonly string[]): Example {
  return bicep(bicepBlock(type, "example", ...inProperties(properties)));
}

/** A block among several of one example; the lines stand beside its name. */
export function bicepBlock(type: string, name: string, ...lines: readonly string[]): string {
  return [`resource ${name} '${type}' = {`, ...indented([`name: '${name}'`, ...lines], 1), "}", ""].join("\n");
}

/** Lines inside `properties`, for `bicepBlock`. */
export function inProperties(lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ["properties: {", ...indented(lines, 1), "}"];
}

function indented(lines: readonly string[], steps: number): readonly string[] {
  return lines.flatMap((line) => line.split("\n")).map((line) => `${"  ".repeat(steps)}${line}`);
}

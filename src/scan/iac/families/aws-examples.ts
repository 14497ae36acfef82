/** Examples of AWS resources in CloudFormation: a whole template around the properties that matter. */
import { cfn, type Example } from "../policy.ts";

/** A template with one resource that has these lines in its properties. */
export function cfnResource(type: string, ...properties: readonly string[]): Example {
  return cfnTemplate(cfnBlock(type, "Example", ...properties));
}

/** A template of several resources, each made by `cfnBlock`. */
export function cfnTemplate(...blocks: readonly string[]): Example {
  return cfn(`Resources:\n${blocks.join("")}`);
}

/** A resource among several of one template. */
export function cfnBlock(type: string, name: string, ...properties: readonly string[]): string {
  const lines = properties.flatMap((line) => line.split("\n")).map((line) => `      ${line}`);
  return [`  ${name}:`, `    Type: ${type}`, ...(lines.length > 0 ? ["    Properties:", ...lines] : []), ""].join("\n");
}

/** `Settings.KeyId` as nested properties of CloudFormation. */
export function cfnSetting(path: string, written: string): string {
  const [first = "", ...rest] = path.split(".");
  if (rest.length === 0) return `${first}: ${written}`;
  return `${first}:\n${indented(cfnSetting(rest.join("."), written))}`;
}

function indented(text: string): string {
  return text.replaceAll(/^/gm, "  ");
}

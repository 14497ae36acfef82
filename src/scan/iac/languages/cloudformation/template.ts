/**
 * A CloudFormation template as it is written: YAML or JSON, short tags in their long form (`!Sub x` is `Fn::Sub: x`).
 * Nothing is resolved here.
 */
import type { FormatProblem } from "../../../formats/format-problem.ts";
import { readJson } from "../../../formats/json/read-json.ts";
import { type Block, blockOf, child, type Node } from "../../../formats/node.ts";
import type { Place, TextFile } from "../../../formats/text-file.ts";
import { readYaml } from "../../../formats/yaml/read-yaml.ts";

export type SectionName = "Parameters" | "Mappings" | "Conditions" | "Resources" | "Outputs" | "Globals" | "Transform";

export interface Template {
  readonly root: Block;
  readonly section: (name: SectionName) => Block | undefined;
}

export interface ReadTemplate {
  readonly template?: Template;
  readonly problems: readonly FormatProblem[];
}

export function readTemplate(file: TextFile): ReadTemplate {
  const { node, problems } = readText(file);
  if (node?.is !== "block") return { problems };
  const section = (name: SectionName): Block | undefined => {
    const found = child(node, name);
    return found?.is === "block" ? found : undefined;
  };
  return { template: { root: node, section }, problems };
}

function readText(file: TextFile): { readonly node?: Node | undefined; readonly problems: readonly FormatProblem[] } {
  if (/^\ufeff?\s*\{/.test(file.text)) {
    const json = readJson(file);
    if (json.problems.length === 0 || file.path.endsWith(".json")) return json;
  }
  const { documents, problems } = readYaml(file, { tag: longForm, yaml11: true });
  const [first] = documents.flatMap(({ node }) => (node?.is === "block" ? [node] : []));
  return { node: first, problems };
}

/** Names of functions that are written without `Fn::`. */
const bare: readonly string[] = ["Ref", "Condition"];

function longForm(tag: string, node: Node, at: Place): Node | undefined {
  const name = tag.slice(1);
  if (!/^[A-Za-z][A-Za-z0-9]*$/.test(name)) return undefined;
  const key = { file: at.file, start: at.start, end: at.start + tag.length };
  const function_ = bare.includes(name) ? name : `Fn::${name}`;
  return blockOf(at, new Map([[function_, { key, whole: at, value: node }]]));
}

export interface Call {
  readonly name: string;
  readonly argument: Node;
  readonly at: Place;
}

/** A block with the one key `Ref` or `Fn::...` is a call. A loop is none: it adds members beside others. */
export function callIn(node: Node): Call | undefined {
  if (node.is !== "block") return undefined;
  const [name, second] = node.keys();
  if (name === undefined || second !== undefined || !/^(?:Ref$|Fn::(?!ForEach))/.test(name)) return undefined;
  const argument = node.get(name)?.value;
  return argument && { name, argument, at: node.at };
}

/** The arguments of a function that takes several. */
export function argumentsOf(node: Node): readonly Node[] {
  return node.is === "list" ? node.items : [node];
}

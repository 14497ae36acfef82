/**
 * The resources of a unit: those of its templates, and of each nested stack with what it is given. Parameters and outputs
 * are resources too, under the types `parameter` and `output`.
 */
import type { Problem } from "#model/scan-result.ts";
import type { SourceFile } from "#model/source-file.ts";
import { type Block, blockOf, type Member, type Node } from "../../../formats/node.ts";
import type { Place, TextFile } from "../../../formats/text-file.ts";
import { notText, problemAt } from "../../problem-at.ts";
import type { ReadUnit, Resource } from "../../resource.ts";
import { noConnections } from "../../resource.ts";
import { type Connectable, connectionsOf } from "./connections.ts";
import { linksOf } from "./nested-templates.ts";
import { entriesOf, resolveBlock } from "./resolve.ts";
import { scalar } from "./scope.ts";
import { skipsIn } from "./skips.ts";
import { openStack, type Stack, type Stacks } from "./stack.ts";
import { readTemplate, type Template } from "./template.ts";

export function readResources(files: readonly SourceFile[]): ReadUnit {
  // A template that is deployed several times is as unreadable each time.
  const problems = new Map<string, Problem>();
  const add = (problem: Problem): void => {
    const key = `${problem.path} ${problem.line} ${problem.message}`;
    if (!problems.has(key)) problems.set(key, problem);
  };
  const tell: Stacks["tell"] = (at, code, message, isNotice = false) =>
    add({ ...problemAt(at, code, message), ...(isNotice && { isNotice }) });
  const templates = templatesOf(files, tell, add);
  const reached = new Set<string>();
  const journey = { depth: 0, steps: 0 };
  const stacks: Stacks = { journey, templateAt: (path) => templates.get(path), tell, reached, nested: 0 };
  const led = new Set(files.flatMap(linksOf));
  const resources: Resource[] = [];
  for (const [path, { template }] of templates) {
    if (!led.has(path)) resources.push(...resourcesOf(stacks, openStack(stacks, template)));
  }
  for (const [path, { template }] of templates) {
    if (led.has(path) && !reached.has(path)) resources.push(...resourcesOf(stacks, openStack(stacks, template)));
  }
  return { resources, problems: [...problems.values()] };
}

type Templates = ReadonlyMap<string, { readonly file: TextFile; readonly template: Template }>;

function templatesOf(files: readonly SourceFile[], tell: Stacks["tell"], add: (problem: Problem) => void): Templates {
  const templates = new Map<string, { readonly file: TextFile; readonly template: Template }>();
  for (const source of files) {
    const text = source.text();
    if (text === undefined) {
      add(notText(source.path));
      continue;
    }
    const file = { path: source.path, text };
    const { template, problems } = readTemplate(file);
    for (const { code, message, place } of problems)
      tell(place, code, `This template could not be read whole: ${message}.`);
    if (template) templates.set(source.path, { file, template });
  }
  return templates;
}

/** Of a stack and of all that are nested in it. */
function resourcesOf(stacks: Stacks, stack: Stack): readonly Resource[] {
  const declared = declaredResources(stacks, stack);
  const nested = declared.flatMap(({ id }) => {
    const inner = stack.nested(id);
    return inner ? resourcesOf(stacks, inner) : [];
  });
  return [
    ...declared.map(({ resource }) => resource),
    ...namedOf("parameter", stack),
    ...namedOf("output", stack),
    ...nested,
  ];
}

function declaredResources({ tell }: Stacks, stack: Stack): readonly Connectable[] {
  const found: Connectable[] = [];
  const section = stack.template.section("Resources");
  if (!section) return found;
  const { entries, open } = stack.resources();
  const neighbours = connectionsOf(() => found, open);
  if (open !== undefined) {
    tell(section.at, "incomplete", `There may be more resources than those that were checked: ${open}.`);
  }
  for (const [id, { scope }] of entries) {
    const declared = stack.declared(id);
    if (!declared) continue;
    const { raw, type, body, whole } = declared;
    const resource: Resource = {
      ...madeBy(stack, type, id, whole),
      body,
      skips: skipsIn(raw),
      connected: (types) => neighbours(id, types),
    };
    found.push({ id, raw, scope, resource });
  }
  return found;
}

function madeBy({ prefix, calledFrom }: Stack, type: string, name: string, at: Place) {
  const address = `${prefix}${type}.${name}`;
  return { dialect: "cfn", language: "cloudformation", types: [type], address, at, calledFrom } as const;
}

function namedOf(type: "parameter" | "output", stack: Stack): readonly Resource[] {
  const section = stack.template.section(type === "parameter" ? "Parameters" : "Outputs");
  if (!section) return [];
  return [...entriesOf(section, stack.scope).entries].flatMap(([name, { member, scope }]): readonly Resource[] => {
    if (member.value.is !== "block") return [];
    return [
      {
        ...madeBy(stack, type, name, member.whole),
        body: resolveBlock(withName(member.value, name, member), scope),
        skips: skipsIn(member.value),
        connected: () => noConnections,
      },
    ];
  });
}

function withName(block: Block, name: string, { key }: Member): Block {
  const value: Node = scalar(key, name);
  const named = blockOf(key, new Map([["name", { key, whole: key, value }]]));
  return {
    ...block,
    keys: () => ["name", ...block.keys()],
    get: (asked) => (asked === "name" ? named.get("name") : block.get(asked)),
  };
}

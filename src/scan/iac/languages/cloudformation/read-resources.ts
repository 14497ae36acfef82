/** The resources of one template; parameters and outputs too, under the types `parameter` and `output`. */

import type { Problem } from "#model/scan-result.ts";
import { type Block, blockOf, child, type Member, type Node } from "../../../formats/node.ts";
import type { TextFile } from "../../../formats/text-file.ts";
import { problemAt } from "../../problem-at.ts";
import type { ReadUnit, Resource } from "../../resource.ts";
import { noConnections } from "../../resource.ts";
import { decide, settle } from "./conditions.ts";
import { type Connectable, connectionsOf } from "./connections.ts";
import { withGlobals } from "./globals.ts";
import { type Entry, entriesOf, resolveBlock, templateScope } from "./resolve.ts";
import { plainText, type Scope, scalar } from "./scope.ts";
import { skipsIn } from "./skips.ts";
import { readTemplate, type Template } from "./template.ts";

export function readResources(file: TextFile): ReadUnit {
  const { template, problems: unread } = readTemplate(file);
  const problems = unread.map(({ code, message, place }) =>
    problemAt(place, code, `This template could not be read whole: ${message}.`),
  );
  if (!template) return { resources: [], problems };
  const scope = templateScope(template);
  const connectable = declaredResources(template, scope, problems);
  const resources = connectable.map(({ resource }) => resource);
  return {
    resources: [...resources, ...namedOf("parameter", template, scope), ...namedOf("output", template, scope)],
    problems,
  };
}

function declaredResources(template: Template, scope: Scope, problems: Problem[]): readonly Connectable[] {
  const found: Connectable[] = [];
  const section = template.section("Resources");
  if (!section) return found;
  const { entries, open } = entriesOf(section, scope);
  const neighbours = connectionsOf(() => found, open);
  if (open !== undefined)
    problems.push(
      problemAt(section.at, "incomplete", `There may be more resources than those that were checked: ${open}.`),
    );
  for (const [id, entry] of entries) {
    const declared = declaredResource(id, entry, template, problems);
    if (!declared) continue;
    const { raw, type, body } = declared;
    const resource: Resource = {
      dialect: "cfn",
      language: "cloudformation",
      types: [type],
      address: `${type}.${id}`,
      at: entry.member.whole,
      body,
      calledFrom: [],
      skips: skipsIn(raw),
      connected: (types) => neighbours(id, types),
    };
    found.push({ id, raw, scope: entry.scope, resource });
  }
  return found;
}

interface Declared {
  readonly raw: Block;
  readonly type: string;
  readonly body: Block;
}

/** Undefined, with a problem, for what has no plain type; undefined for what a condition leaves out. */
function declaredResource(
  id: string,
  { member, scope }: Entry,
  template: Template,
  problems: Problem[],
): Declared | undefined {
  const { value } = member;
  const type = plainText(child(value, "Type"));
  if (value.is !== "block" || type === undefined) {
    const message = `Resource ${id} is left out, the others are checked: its type is not written as plain text.`;
    problems.push(problemAt(member.key, "unknown-type", message));
    return undefined;
  }
  const condition = plainText(child(value, "Condition"));
  if (condition !== undefined && decide(condition, scope) === false) return undefined;
  const inner = condition === undefined ? scope : settle(condition, true, scope);
  const raw = withGlobals(value, type, template);
  return { raw, type, body: resolveBlock(raw, inner) };
}

function namedOf(type: "parameter" | "output", template: Template, scope: Scope): readonly Resource[] {
  const section = template.section(type === "parameter" ? "Parameters" : "Outputs");
  if (!section) return [];
  return [...entriesOf(section, scope).entries].flatMap(([name, entry]): readonly Resource[] => {
    const { member } = entry;
    if (member.value.is !== "block") return [];
    return [
      {
        dialect: "cfn",
        language: "cloudformation",
        types: [type],
        address: `${type}.${name}`,
        at: member.whole,
        body: resolveBlock(withName(member.value, name, member), entry.scope),
        calledFrom: [],
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

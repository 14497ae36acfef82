/** Which resources of a template belong together: one refers to the other, or tells its name in plain text. */
import { child, type Node, textOf } from "../../../formats/node.ts";
import type { Connections, Resource } from "../../resource.ts";
import { withLoopValues } from "./resolve.ts";
import type { Scope } from "./scope.ts";
import { argumentsOf } from "./template.ts";

export interface Connectable {
  readonly id: string;
  readonly raw: Node;
  readonly scope: Scope;
  readonly resource: Resource;
}

/** Looks up the neighbours of a resource; all are found when somebody asks for the first time. */
export function connectionsOf(
  all: () => readonly Connectable[],
  open: string | undefined,
): (id: string, types: readonly string[]) => Connections {
  let edges: ReadonlyMap<string, ReadonlySet<string>> | undefined;
  let byId: ReadonlyMap<string, Resource> = new Map();
  return (id, types) => {
    if (!edges) {
      const connectable = all();
      byId = new Map(connectable.map((one) => [one.id, one.resource]));
      edges = edgesBetween(connectable, byId);
    }
    const resources = [...(edges.get(id) ?? [])].flatMap((other) => byId.get(other) ?? []);
    return { resources: resources.filter((one) => one.types.some((type) => types.includes(type))), open };
  };
}

function edgesBetween(
  connectable: readonly Connectable[],
  byId: ReadonlyMap<string, Resource>,
): ReadonlyMap<string, ReadonlySet<string>> {
  const edges = new Map<string, Set<string>>(connectable.map(({ id }) => [id, new Set()]));
  const names = namesOf(connectable);
  for (const { id, raw, scope, resource } of connectable) {
    const ids = [...referencesIn(raw, scope)].filter((one) => byId.has(one));
    const named = plainProperties(resource).flatMap(([, text]) => names.get(text) ?? []);
    for (const other of [...ids, ...named]) {
      if (other === id) continue;
      edges.get(id)?.add(other);
      edges.get(other)?.add(id);
    }
  }
  return edges;
}

/** Logical ids by the plain names that resources give themselves: `BucketName: logs`. */
function namesOf(connectable: readonly Connectable[]): ReadonlyMap<string, readonly string[]> {
  const names = new Map<string, readonly string[]>();
  for (const { id, resource } of connectable) {
    const kind = resource.types[0]?.split("::").at(-1) ?? "";
    for (const [key, text] of plainProperties(resource)) {
      const isOwn = key === "Name" || key === `${kind}Name` || key === `${kind}Identifier`;
      if (isOwn && text.length > 2) names.set(text, [...(names.get(text) ?? []), id]);
    }
  }
  return names;
}

function plainProperties(resource: Resource): readonly (readonly [string, string])[] {
  const properties = child(resource.body, "Properties");
  if (properties?.is !== "block") return [];
  return properties.keys().flatMap((key) => {
    const text = textOf(properties.get(key)?.value);
    return text === undefined ? [] : [[key, text] as const];
  });
}

/** Everything in a resource that may be a logical id of another. */
function referencesIn(raw: Node, scope: Scope): ReadonlySet<string> {
  const found = new Set<string>();
  const open: Node[] = [raw];
  for (let node = open.pop(); node; node = open.pop()) {
    if (node.is === "list") open.push(...node.items);
    if (node.is !== "block") continue;
    for (const key of node.keys()) {
      const value = node.get(key)?.value;
      if (!value) continue;
      for (const id of idsIn(key, value, scope)) found.add(id);
      open.push(value);
    }
  }
  return found;
}

function idsIn(key: string, value: Node, scope: Scope): readonly string[] {
  if (key !== "DependsOn" && key !== "Ref" && key !== "Fn::GetAtt" && key !== "Fn::Sub") return [];
  const texts = argumentsOf(value).map((one) => withLoopValues(textOf(one) ?? "", scope));
  if (key === "DependsOn") return texts;
  const [first = ""] = texts;
  if (key === "Ref") return [first];
  if (key === "Fn::GetAtt") return [first.split(".", 1)[0] ?? ""];
  return [...first.matchAll(/\$\{([^!}.]+)/g)].map(([, name = ""]) => name.trim());
}

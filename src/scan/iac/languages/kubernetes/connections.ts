/**
 * Which resources of a unit belong together: by selectors, references by name, and bindings. Asked for, never worked out
 * ahead: a folder has many documents and few policies ask.
 */
import { child, itemsOf, type Node } from "../../../formats/node.ts";
import { nodesAt } from "../../condition.ts";
import type { Connections, Resource } from "../../resource.ts";
import { podLabels, podSpec } from "./pod.ts";
import { type Answer, every, labelsMatch, selectorMatches } from "./selectors.ts";

/** How one kind points to another. */
interface Relation {
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly holds: (from: Resource, to: Resource) => Answer;
}

const bindings = ["RoleBinding", "ClusterRoleBinding"];

const relations: readonly Relation[] = [
  {
    from: ["NetworkPolicy"],
    to: ["workload"],
    holds: (from, to) => sameNamespaceAnd(from, to, () => selectorMatches(specOf(from, "podSelector"), podLabels(to))),
  },
  {
    from: ["PodDisruptionBudget"],
    to: ["workload"],
    holds: (from, to) => sameNamespaceAnd(from, to, () => selectorMatches(specOf(from, "selector"), podLabels(to))),
  },
  {
    from: ["Service"],
    to: ["workload"],
    holds: (from, to) => {
      const selector = specOf(from, "selector");
      if (selector === undefined || (selector.is === "block" && selector.keys().length === 0)) return false;
      return sameNamespaceAnd(from, to, () => labelsMatch(selector, podLabels(to)));
    },
  },
  {
    from: ["HorizontalPodAutoscaler"],
    to: ["workload"],
    holds: (from, to) => sameNamespaceAnd(from, to, () => refersTo(specOf(from, "scaleTargetRef"), to)),
  },
  {
    from: bindings,
    to: ["ClusterRole"],
    holds: (from, to) => refersTo(child(from.body, "roleRef"), to),
  },
  {
    from: bindings,
    to: ["Role"],
    holds: (from, to) => sameNamespaceAnd(from, to, () => refersTo(child(from.body, "roleRef"), to)),
  },
  {
    from: bindings,
    to: ["ServiceAccount"],
    holds: (from, to) =>
      some(
        itemsOf(child(from.body, "subjects")).map((subject) =>
          every([refersTo(subject, to), isSameNamespace(child(subject, "namespace") ?? namespaceNode(from), to)]),
        ),
      ),
  },
  {
    from: ["workload"],
    to: ["ServiceAccount"],
    holds: (from, to) => sameNamespaceAnd(from, to, () => same(serviceAccountOf(from), nameOf(to))),
  },
  { from: ["workload"], to: ["Secret"], holds: (from, to) => namesOneOf(from, to, secretPaths) },
  { from: ["workload"], to: ["ConfigMap"], holds: (from, to) => namesOneOf(from, to, configMapPaths) },
  {
    from: ["Ingress"],
    to: ["Service"],
    holds: (from, to) =>
      sameNamespaceAnd(from, to, () =>
        some(ingressPaths.flatMap((path) => nodesAt(from.body, path)).map((node) => same(textOf(node), nameOf(to)))),
      ),
  },
];

const secretPaths = [
  "volumes.secret.secretName",
  "volumes.projected.sources.secret.name",
  "containers.env.valueFrom.secretKeyRef.name",
  "containers.envFrom.secretRef.name",
  "initContainers.env.valueFrom.secretKeyRef.name",
  "initContainers.envFrom.secretRef.name",
  "imagePullSecrets.name",
];

const configMapPaths = [
  "volumes.configMap.name",
  "volumes.projected.sources.configMap.name",
  "containers.env.valueFrom.configMapKeyRef.name",
  "containers.envFrom.configMapRef.name",
  "initContainers.env.valueFrom.configMapKeyRef.name",
  "initContainers.envFrom.configMapRef.name",
];

const ingressPaths = [
  "spec.rules.http.paths.backend.service.name",
  "spec.rules.http.paths.backend.serviceName",
  "spec.defaultBackend.service.name",
  "spec.backend.serviceName",
];

/** Resources with the same types: the same relations are asked of all of them. */
interface Alike {
  readonly types: readonly string[];
  readonly members: Resource[];
}

/** The resources are read when somebody asks, so the list may still grow until then. */
export function connectionsAmong(
  resources: readonly Resource[],
  open: string | undefined,
): (resource: Resource, types: readonly string[]) => Connections {
  let groups: readonly Alike[] | undefined;
  return (resource, types) => {
    groups ??= groupsOf(resources);
    const connected: Resource[] = [];
    let isUnsure = false;
    for (const { types: own, members } of groups) {
      if (!own.some((type) => types.includes(type))) continue;
      const there = relationsBetween(resource.types, own);
      const back = relationsBetween(own, resource.types);
      if (there.length + back.length === 0) continue;
      for (const other of members) {
        if (other === resource) continue;
        const answer = some([
          ...there.map(({ holds }) => holds(resource, other)),
          ...back.map(({ holds }) => holds(other, resource)),
        ]);
        if (answer) connected.push(other);
        else if (answer === undefined) isUnsure = true;
      }
    }
    return { resources: connected, open: open ?? (isUnsure ? "a selector or a name is not known" : undefined) };
  };
}

function groupsOf(resources: readonly Resource[]): readonly Alike[] {
  const groups = new Map<string, Alike>();
  for (const resource of resources) {
    const key = resource.types.join();
    const group = groups.get(key);
    if (group) group.members.push(resource);
    else groups.set(key, { types: resource.types, members: [resource] });
  }
  return [...groups.values()];
}

function relationsBetween(from: readonly string[], to: readonly string[]): readonly Relation[] {
  return relations.filter(
    (relation) => from.some((type) => relation.from.includes(type)) && to.some((type) => relation.to.includes(type)),
  );
}

function some(answers: readonly Answer[]): Answer {
  if (answers.includes(true)) return true;
  return answers.includes(undefined) ? undefined : false;
}

/** A name that is there but not known. */
const unclear = Symbol("not known");
type Name = string | typeof unclear | undefined;

function same(a: Name, b: Name): Answer {
  if (a === undefined || b === undefined) return false;
  return a === unclear || b === unclear ? undefined : a === b;
}

function textOf(node: Node | undefined): Name {
  if (node === undefined) return undefined;
  if (node.is === "unknown") return unclear;
  return node.is === "scalar" && node.value !== null && node.value !== "" ? String(node.value) : undefined;
}

function textAt(node: Node | undefined, key: string): Name {
  return textOf(child(node, key));
}

function specOf(resource: Resource, key: string): Node | undefined {
  return child(child(resource.body, "spec"), key);
}

function nameOf(resource: Resource): Name {
  return textAt(child(resource.body, "metadata"), "name");
}

const namespaces = new WeakMap<Resource, Name>();

/** Kept, as it is asked for every pair. */
function namespaceOf(resource: Resource): Name {
  const before = namespaces.get(resource);
  if (before !== undefined) return before;
  const namespace = textAt(child(resource.body, "metadata"), "namespace") ?? "default";
  namespaces.set(resource, namespace);
  return namespace;
}

function sameNamespaceAnd(from: Resource, to: Resource, answer: () => Answer): Answer {
  const isSame = same(namespaceOf(from), namespaceOf(to)) ?? isSameNamespace(namespaceNode(from), to);
  return isSame === false ? false : every([isSame, answer()]);
}

function namespaceNode(resource: Resource): Node | undefined {
  return child(child(resource.body, "metadata"), "namespace");
}

/** What is unknown for the same reason is the same: the namespace in which a chart is installed. */
function isSameNamespace(namespace: Node | undefined, to: Resource): Answer {
  const other = namespaceNode(to);
  const isOne =
    namespace?.is === "unknown" &&
    other?.is === "unknown" &&
    namespace.reason === other.reason &&
    namespace.text === other.text;
  return isOne ? true : same(textOf(namespace) ?? "default", namespaceOf(to));
}

/** A reference by kind and name. */
function refersTo(reference: Node | undefined, to: Resource): Answer {
  return every([same(textAt(reference, "kind"), textAt(to.body, "kind")), same(textAt(reference, "name"), nameOf(to))]);
}

function serviceAccountOf(workload: Resource): Name {
  const spec = podSpec(workload);
  return textAt(spec, "serviceAccountName") ?? textAt(spec, "serviceAccount") ?? "default";
}

function namesOneOf(workload: Resource, to: Resource, paths: readonly string[]): Answer {
  const spec = podSpec(workload);
  if (!spec) return false;
  return sameNamespaceAnd(workload, to, () =>
    some(paths.flatMap((path) => nodesAt(spec, path)).map((node) => same(textOf(node), nameOf(to)))),
  );
}

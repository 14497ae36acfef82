/**
 * Makes resources of Kubernetes documents, however they came to be: read from a file, rendered from a chart, built by
 * Kustomize. Documents without apiVersion and kind are none and are left out.
 */
import { type Block, child, type Node, textOf } from "../../../formats/node.ts";
import type { Place } from "../../../formats/text-file.ts";
import type { Resource } from "../../resource.ts";
import { connectionsAmong } from "./connections.ts";
import { isWorkload } from "./pod.ts";
import { skipMarks } from "./skip-marks.ts";

/** A document and where it stands; `YamlDocument` is one. */
export interface KubernetesDocument {
  readonly node: Node | undefined;
  readonly at: Place;
  /** What it is known by, where that is not what its body says: the document before it was changed. */
  readonly address?: string | undefined;
  /** Through what this one document came to be. */
  readonly calledFrom?: readonly Place[] | undefined;
}

export interface DocumentOptions {
  /** For people: "kubernetes", "helm", "kustomize". */
  readonly language: string;
  /** Through what the documents came to be; none by default. */
  readonly calledFrom?: readonly Place[];
  /** Why there may be resources beside these that nobody can see. */
  readonly open?: string | undefined;
}

/** Lists within lists that are opened. */
const deepestList = 8;

/** Kinds that policies know by their bare name; other APIs that use such a name (Knative's Service) get their group behind it. */
const ownKinds = new Set(
  (
    "Pod Deployment StatefulSet DaemonSet ReplicaSet ReplicationController Job CronJob PodTemplate Service Ingress " +
    "ConfigMap Secret ServiceAccount Role ClusterRole RoleBinding ClusterRoleBinding NetworkPolicy PodSecurityPolicy " +
    "Namespace AdmissionConfiguration"
  ).split(" "),
);

/** All resources of the documents of one unit; they are looked for among each other when a policy asks what is connected. */
export function resourcesOfDocuments(
  documents: readonly KubernetesDocument[],
  options: DocumentOptions,
): readonly Resource[] {
  const found = documents.flatMap(({ node, at, ...known }) =>
    node ? objectsIn(node, at, 0).map((object) => ({ ...object, ...known })) : [],
  );
  const resources: Resource[] = [];
  const connected = connectionsAmong(resources, options.open);
  const taken = new Map<string, number>();
  for (const { body, at, address = addressOf(body), calledFrom = [] } of found) {
    const key = `${at.file.path} ${address}`;
    const count = (taken.get(key) ?? 0) + 1;
    taken.set(key, count);
    const resource: Resource = {
      dialect: "k8s",
      language: options.language,
      types: typesOf(body),
      address: count === 1 ? address : `${address}#${count}`,
      at,
      body,
      calledFrom: [...(options.calledFrom ?? []), ...calledFrom],
      skips: skipMarks(body),
      connected: (types) => connected(resource, types),
    };
    resources.push(resource);
  }
  return resources;
}

interface FoundObject {
  readonly body: Block;
  readonly at: Place;
}

function objectsIn(node: Node, at: Place, depth: number): readonly FoundObject[] {
  if (node.is !== "block" || depth > deepestList) return [];
  const kind = textOf(child(node, "kind"));
  const version = child(node, "apiVersion");
  // A chart may leave the version to a template that is not there.
  if (kind === undefined || kind === "" || (textOf(version) === undefined && version?.is !== "unknown")) return [];
  const items = child(node, "items");
  if (!kind.endsWith("List") || items?.is !== "list") return [{ body: node, at }];
  return items.items.flatMap((item) => objectsIn(item, item.at, depth + 1));
}

function typesOf(body: Block): readonly string[] {
  const kind = textOf(child(body, "kind")) ?? "";
  const group = groupOf(textOf(child(body, "apiVersion")) ?? "");
  const own = !group.includes(".") || group.endsWith(".k8s.io") || !ownKinds.has(kind);
  const name = own ? kind : `${kind}.${group}`;
  return isWorkload({ body, types: [name] }) ? [name, "workload"] : [name];
}

function groupOf(apiVersion: string): string {
  const slash = apiVersion.lastIndexOf("/");
  return slash < 0 ? "" : apiVersion.slice(0, slash);
}

function addressOf(body: Block): string {
  const metadata = child(body, "metadata");
  const name = nameText(child(metadata, "name")) ?? nameText(child(metadata, "generateName")) ?? "unnamed";
  const namespace = nameText(child(metadata, "namespace")) ?? "default";
  return `${textOf(child(body, "kind"))}.${namespace}.${name}`;
}

function nameText(node: Node | undefined): string | undefined {
  if (node?.is === "unknown") return node.text;
  return node?.is === "scalar" && node.value !== null && node.value !== "" ? String(node.value) : undefined;
}

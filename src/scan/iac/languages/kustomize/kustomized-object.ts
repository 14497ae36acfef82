/** An object on its way through kustomizations: what it has become, and what it was called before. */
import { type Block, child, type Node, textOf } from "../../../formats/node.ts";
import type { Place } from "../../../formats/text-file.ts";

export interface KustomizedObject {
  readonly body: Block;
  /** The document that it began as. */
  readonly at: Place;
  /** By its kind and names in that document: the same in every overlay. */
  readonly address: string;
  /** Names it had and has; patches of any level may use the one they know. */
  readonly names: readonly string[];
  readonly namespaces: readonly string[];
  /** Documents that changed it, whose comments hold for it too. */
  readonly patchedBy: readonly Place[];
}

export function kindOf(body: Node): string {
  return textOf(child(body, "kind")) ?? "";
}

export function nameOf(body: Node): string {
  const name = child(child(body, "metadata"), "name");
  return name?.is === "scalar" && name.value !== null ? String(name.value) : "";
}

function namespaceOf(body: Node): string {
  return textOf(child(child(body, "metadata"), "namespace")) ?? "default";
}

export function groupOf(body: Node): string {
  const version = textOf(child(body, "apiVersion")) ?? "";
  return version.includes("/") ? version.slice(0, version.indexOf("/")) : "";
}

export function versionOf(body: Node): string {
  const version = textOf(child(body, "apiVersion")) ?? "";
  return version.slice(version.indexOf("/") + 1);
}

export function objectOf(body: Block, at: Place): KustomizedObject {
  const name = nameOf(body);
  const namespace = namespaceOf(body);
  const address = `${kindOf(body)}.${namespace}.${name === "" ? "unnamed" : name}`;
  return { body, at, address, names: [name], namespaces: [namespace], patchedBy: [] };
}

/** The object with another body; new names are remembered. */
export function become(object: KustomizedObject, body: Block): KustomizedObject {
  const name = nameOf(body);
  const namespace = namespaceOf(body);
  return {
    ...object,
    body,
    names: object.names.includes(name) ? object.names : [...object.names, name],
    namespaces: object.namespaces.includes(namespace) ? object.namespaces : [...object.namespaces, namespace],
  };
}

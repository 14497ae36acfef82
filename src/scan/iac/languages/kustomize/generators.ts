/** Config maps and secrets that a kustomization makes. Content of files is not read, only that it is there. */
import { type Block, child, itemsOf, type Node, textOf } from "../../../formats/node.ts";
import { blockAt, changeAt, scalarAt, withMember, withValue } from "./edit-node.ts";
import { become, type KustomizedObject, kindOf, objectOf } from "./kustomized-object.ts";

export function generateAll(objects: readonly KustomizedObject[], kustomization: Node): readonly KustomizedObject[] {
  let all = objects;
  for (const [key, kind] of [
    ["configMapGenerator", "ConfigMap"],
    ["secretGenerator", "Secret"],
  ] as const) {
    for (const generator of itemsOf(child(kustomization, key))) {
      const made = generate(kind, generator, child(kustomization, "generatorOptions"));
      if (made) all = added(all, made, textOf(child(generator, "behavior")) ?? "create");
    }
  }
  return all;
}

function added(objects: readonly KustomizedObject[], made: Block, behavior: string): readonly KustomizedObject[] {
  const object = objectOf(made, made.at);
  const position = objects.findIndex(
    (one) => kindOf(one.body) === kindOf(made) && one.names.some((name) => object.names.includes(name)),
  );
  const before = objects[position];
  if (behavior === "create" || !before) return [...objects, object];
  const data = child(made, "data");
  const own = child(before.body, "data");
  const merged = behavior === "merge" && own?.is === "block" && data?.is === "block" ? mergedData(own, data) : data;
  if (!merged) return objects;
  const described = ["labels", "annotations"].reduce<Node>((body, key) => {
    const pairs = child(child(made, "metadata"), key);
    if (pairs?.is !== "block") return body;
    return changeAt(body, ["metadata", key], (own) => (own?.is === "block" ? mergedData(own, pairs) : pairs));
  }, before.body);
  return objects.with(position, become(before, withValue(described as Block, "data", merged)));
}

function mergedData(own: Block, more: Block): Block {
  const block = more.keys().reduce<Block>((all, key) => {
    const member = more.get(key);
    return member ? withMember(all, key, member) : all;
  }, own);
  return more.open === undefined ? block : { ...block, open: more.open };
}

function generate(kind: "ConfigMap" | "Secret", generator: Node, shared: Node | undefined): Block | undefined {
  const name = child(generator, "name");
  if (textOf(name) === undefined || !name) return undefined;
  const { at } = generator;
  const namespace = child(generator, "namespace");
  const options = child(generator, "options");
  const metadata: [string, Node][] = [["name", name]];
  if (namespace) metadata.push(["namespace", namespace]);
  for (const key of ["labels", "annotations"]) {
    const pairs = child(options, key) ?? child(shared, key);
    if (pairs) metadata.push([key, pairs]);
  }
  const made = blockAt(at, [
    ["apiVersion", scalarAt("v1", at)],
    ["kind", scalarAt(kind, at)],
    ["metadata", blockAt(at, metadata)],
    ["data", dataOf(kind, generator)],
  ]);
  const secretType = kind === "Secret" ? (child(generator, "type") ?? scalarAt("Opaque", at)) : undefined;
  return secretType ? withValue(made, "type", secretType) : made;
}

function dataOf(kind: "ConfigMap" | "Secret", generator: Node): Block {
  const entries: [string, Node][] = [];
  for (const literal of itemsOf(child(generator, "literals"))) {
    const [, key, value = ""] = /^([^=]+)=(.*)$/s.exec(textOf(literal) ?? "") ?? [];
    if (key === undefined) continue;
    const plain = value.replace(/^(["'])(.*)\1$/s, "$2");
    entries.push([key, scalarAt(kind === "Secret" ? Buffer.from(plain).toString("base64") : plain, literal.at)]);
  }
  for (const file of itemsOf(child(generator, "files"))) {
    const text = textOf(file);
    if (text === undefined) continue;
    const [key, path] = text.includes("=")
      ? [text.slice(0, text.indexOf("=")), text.slice(text.indexOf("=") + 1)]
      : ["", text];
    const name = key === "" ? path.slice(path.lastIndexOf("/") + 1) : key;
    entries.push([name, { is: "unknown", at: file.at, reason: `it is the content of ${path}`, refs: [] }]);
  }
  const data = blockAt(generator.at, entries);
  const isOpen = child(generator, "envs") !== undefined || child(generator, "env") !== undefined;
  return isOpen ? { ...data, open: "it has what a file of variables holds" } : data;
}

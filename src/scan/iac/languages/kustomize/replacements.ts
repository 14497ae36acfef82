/** Replacements: a field of one object is written into fields of others. */
import { type Block, child, itemsOf, type Node, textOf } from "../../../formats/node.ts";
import { blockAt, memberOf, withItems, withMember } from "./edit-node.ts";
import { become, type KustomizedObject } from "./kustomized-object.ts";
import { selectorOf } from "./targets.ts";

type Objects = readonly KustomizedObject[];

export function replaceAll(objects: Objects, replacements: readonly Node[]): Objects {
  return replacements.reduce<Objects>(replaceOne, objects);
}

function replaceOne(objects: Objects, replacement: Node): Objects {
  const value = sourceValue(objects, replacement);
  if (!value) return objects;
  return itemsOf(child(replacement, "targets")).reduce<Objects>(
    (all, target) => replaceIn(all, target, value),
    objects,
  );
}

function replaceIn(objects: Objects, target: Node, value: Node): Objects {
  const isSelected = selectorOf(child(target, "select"));
  const rejecting = itemsOf(child(target, "reject")).map(selectorOf);
  const paths = itemsOf(child(target, "fieldPaths")).flatMap((path) => textOf(path) ?? []);
  const options = child(target, "options");
  return objects.map((object) => {
    if (!isSelected(object) || rejecting.some((rejects) => rejects(object))) return object;
    const body = (paths.length === 0 ? ["metadata.name"] : paths).reduce<Node>(
      (node, path) => writeAt(node, fieldsOf(path), value, options, object) ?? node,
      object.body,
    );
    return become(object, body as Block);
  });
}

function sourceValue(objects: Objects, replacement: Node): Node | undefined {
  const literal = child(replacement, "sourceValue");
  if (literal) return literal;
  const source = child(replacement, "source");
  const object = source && objects.find(selectorOf(source));
  if (!object) return undefined;
  const fields = fieldsOf(textOf(child(source, "fieldPath")) ?? "metadata.name");
  const found = fields.reduce<Node | undefined>((node, field) => node && stepInto(node, field)[0], object.body);
  return found && part(found, child(source, "options"));
}

/** The part of a text between delimiters. */
function part(node: Node, options: Node | undefined): Node {
  const delimiter = textOf(child(options, "delimiter"));
  if (delimiter === undefined || delimiter === "" || node.is !== "scalar") return node;
  const position = child(options, "index");
  const value = String(node.value).split(delimiter)[position?.is === "scalar" ? Number(position.value) : 0];
  return value === undefined ? node : { ...node, value };
}

/** Dots divide, except in `[name=a.b]` and behind a backslash. */
function fieldsOf(path: string): readonly string[] {
  return [...path.matchAll(/\[[^\]]*\]|(?:\\.|[^.[\]\\])+/g)]
    .map(([field]) => field.replace(/\\(.)/g, "$1"))
    .slice(0, 100);
}

/** What a field leads to: a key, a position, `[name=value]`, or `*` for all. */
function stepInto(node: Node, field: string): readonly Node[] {
  if (node.is === "list") return node.items.filter((item, position) => isMeant(item, position, field));
  const found = child(node, field);
  return found ? [found] : [];
}

function isMeant(item: Node, position: number, field: string): boolean {
  if (field === "*" || field === "[*]") return true;
  const [, key, value] = /^\[([^=]*)=(.*)\]$/s.exec(field) ?? [];
  if (key === undefined) return field === String(position);
  const own = key === "" ? item : child(item, key);
  return own?.is === "scalar" && String(own.value) === value;
}

function writeAt(
  node: Node,
  fields: readonly string[],
  value: Node,
  options: Node | undefined,
  object: KustomizedObject,
): Node | undefined {
  const [field, ...rest] = fields;
  if (field === undefined) return written(node, value, options);
  if (node.is === "list") {
    return withItems(
      node,
      node.items.map((item, n) =>
        isMeant(item, n, field) ? (writeAt(item, rest, value, options, object) ?? item) : item,
      ),
    );
  }
  if (node.is !== "block") return undefined;
  const member = node.get(field);
  const creates = child(options, "create");
  if (!member && !(creates?.is === "scalar" && creates.value === true)) return undefined;
  if (!member && rest.length === 0) return withMember(node, field, memberOf(value));
  const inner = writeAt(member?.value ?? blockAt(value.at, []), rest, value, options, object);
  return inner && withMember(node, field, member ? { ...member, value: inner } : memberOf(inner));
}

/** Where it is used is the target's place, what decided it the source's. */
function written(before: Node, value: Node, options: Node | undefined): Node {
  const placed = { ...value, at: before.at, from: value.from ?? value.at };
  const delimiter = textOf(child(options, "delimiter"));
  if (delimiter === undefined || delimiter === "" || before.is !== "scalar" || value.is !== "scalar") return placed;
  const parts = String(before.value).split(delimiter);
  const position = child(options, "index");
  const at = position?.is === "scalar" ? Number(position.value) : 0;
  if (at < 0) parts.unshift(String(value.value));
  else if (at >= parts.length) parts.push(String(value.value));
  else parts[at] = String(value.value);
  return { ...placed, is: "scalar", value: parts.join(delimiter) };
}

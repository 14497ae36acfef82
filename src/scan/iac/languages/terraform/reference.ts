/**
 * Resources and modules as other expressions see them: what is written is known, everything else only after Terraform
 * ran, and says which resource it depends on.
 */

import { lazyList, memoBlock } from "../../../formats/hcl/lazy-node.ts";
import type { Block, List, Member, Node } from "../../../formats/node.ts";
import type { Place } from "../../../formats/text-file.ts";
import type { Expansion } from "./expand.ts";
import { policyDocument } from "./policy-document.ts";

/** Alone as it is, counted as a list, looped as an object by key. */
export function nodeOfInstances(expansion: Expansion, nodes: readonly Node[], at: Place): Node {
  const { by, instances, unknown: open } = expansion;
  const [first] = nodes;
  if (by === undefined && first) return first;
  if (by !== "for_each")
    return lazyList(
      at,
      nodes.map((node) => () => node),
      open,
    );
  const byKey = new Map(instances.map(({ key }, position) => [String(key), nodes[position]] as const));
  const find = (key: string): Member | undefined => {
    const node = open === undefined ? byKey.get(key) : first;
    return node && { key: at, whole: at, value: node };
  };
  return memoBlock(at, () => (open === undefined ? [...byKey.keys()] : []), find, open === undefined ? {} : { open });
}

interface Referred {
  readonly address: string;
  readonly body: Block;
}

const metaArguments = new Set([
  "count",
  "for_each",
  "depends_on",
  "lifecycle",
  "provider",
  "connection",
  "provisioner",
]);

/** A resource after it was applied. */
export function appliedBlock({ address, body }: Referred): Block {
  const isDocument = isPolicyDocument.test(address);
  const content = () => (isDocument ? policyDocument(body) : undefined);
  const find = (key: string): Member => {
    const member = metaArguments.has(key) ? undefined : body.get(key);
    const value = member?.value;
    if (!member || !value || (value.is === "scalar" && value.value === null))
      return computed(address, key, body.at, key.endsWith("json") ? content() : undefined);
    return isBlocks(value) ? { ...member, value: appliedBlocks(value, address) } : member;
  };
  const keys = () => body.keys().filter((key) => !metaArguments.has(key));
  return memoBlock(body.at, keys, find, { open: afterApply(address) });
}

/** Its `json` is a text, made of nothing but its own blocks. */
const isPolicyDocument = /(?:^|\.)data\.aws_iam_policy_document\.[\w-]+(?:\[.*\])?$/;

/** Nested blocks have computed attributes too, values of attributes have not. The place of a block is its syntax. */
function isBlocks(value: Node): value is List {
  return value.is === "list" && value.items.some((item) => item.is === "block" && "type" in item.at);
}

function appliedBlocks(list: List, address: string): List {
  return lazyList(
    list.at,
    list.items.map((item) => () => (item.is === "block" ? appliedBlock({ address, body: item }) : item)),
    list.open,
  );
}

function afterApply(address: string): string {
  return `attributes of ${address} are known only after it was applied`;
}

function computed(address: string, key: string, at: Place, content: Node | undefined): Member {
  const reason = `${address}.${key} is known only after it was applied`;
  return { key: at, whole: at, value: { is: "unknown", at, reason, refs: [address], content } };
}

/** Resources of a type that this module does not declare. */
export function undeclaredType(type: string, at: Place): Block {
  return memoBlock(
    at,
    () => [],
    (name) => {
      const address = `${type}.${name}`;
      const value: Node = { is: "unknown", at, reason: `${address} is not declared here`, refs: [address] };
      return { key: at, whole: at, value };
    },
    { open: `${type} is not declared here` },
  );
}

/**
 * The JSON that `data.aws_iam_policy_document` makes of its blocks, as a structure: statements in the words of AWS, with
 * those of the documents it includes. Which of two statements with one `sid` wins is not worked out; both are there.
 */
import { lazyList, memoBlock } from "../../../formats/hcl/lazy-node.ts";
import { type Block, child, itemsOf, type List, type Member, type Node } from "../../../formats/node.ts";
import type { Place } from "../../../formats/text-file.ts";

/** Included documents are opened so deep. */
const maxIncluded = 8;

/** From the structure of a text to the blocks that it was made of. */
const origins = new WeakMap<Node, Block>();

const members: Readonly<Record<string, string>> = {
  Sid: "sid",
  Effect: "effect",
  Action: "actions",
  NotAction: "not_actions",
  Resource: "resources",
  NotResource: "not_resources",
};

const includes = ["source_policy_documents", "override_policy_documents", "source_json", "override_json"] as const;

export function policyDocument(body: Block): Block {
  const content = memoBlock(
    body.at,
    () => ["Version", "Statement"],
    (key) => {
      if (key === "Version") return written(body.at, { is: "scalar", at: body.at, value: "2012-10-17" });
      return key === "Statement" ? written(body.at, statements(body)) : undefined;
    },
  );
  origins.set(content, body);
  return content;
}

function written(at: Place, value: Node): Member {
  return { key: at, whole: at, value };
}

function statements(body: Block): List {
  const items: Node[] = [];
  const open = collect(body, items, new Set(), maxIncluded);
  return { is: "list", at: body.at, items, ...(open === undefined ? {} : { open }) };
}

/** Adds the statements of a document; answers why there may be others. */
function collect(body: Block, to: Node[], seen: Set<Block>, depth: number): string | undefined {
  if (seen.has(body)) return undefined;
  seen.add(body);
  const own = child(body, "statement");
  for (const item of itemsOf(own)) if (item.is === "block") to.push(statement(item));
  let open = own?.is === "list" ? own.open : own?.is === "unknown" ? own.reason : undefined;
  for (const name of includes) {
    const listed = child(body, name);
    if (listed?.is === "list") open ??= listed.open;
    for (const one of itemsOf(listed)) {
      const found = include(one, to, seen, depth);
      open ??= found;
    }
  }
  return open;
}

function include(node: Node, to: Node[], seen: Set<Block>, depth: number): string | undefined {
  if (node.is === "scalar" && (node.value === null || node.value === "")) return undefined;
  const content = node.is === "scalar" || node.is === "unknown" ? node.content : undefined;
  const origin = content && origins.get(content);
  if (origin) return depth > 0 ? collect(origin, to, seen, depth - 1) : "documents include each other too deeply";
  if (!content) return "an included document is not known";
  to.push(...itemsOf(child(content, "Statement")));
  return undefined;
}

function statement(block: Block): Node {
  const find = (key: string): Member | undefined => {
    const name = members[key];
    if (name !== undefined) {
      const member = block.get(name);
      if (member && !isNull(member.value)) return member;
      return key === "Effect" ? written(block.at, { is: "scalar", at: block.at, value: "Allow" }) : undefined;
    }
    if (key === "Principal" || key === "NotPrincipal")
      return principals(block.get(key === "Principal" ? "principals" : "not_principals"));
    return key === "Condition" ? conditions(block.get("condition")) : undefined;
  };
  const all = [...Object.keys(members), "Principal", "NotPrincipal", "Condition"];
  const marks = { ...(block.open ? { open: block.open } : {}), ...(block.maybe ? { maybe: true } : {}) };
  return memoBlock(block.at, () => all.filter((key) => find(key) !== undefined), find, marks);
}

function isNull(node: Node): boolean {
  return node.is === "scalar" && node.value === null;
}

/** Blocks of `type` and `identifiers` as one object by type; everybody is a star alone. */
function principals(member: Member | undefined): Member | undefined {
  return grouped(member, (item) => {
    const type = plain(child(item, "type"));
    const identifiers = child(item, "identifiers");
    return type === undefined || !identifiers ? [] : [[type, identifiers] as const];
  });
}

/** Blocks of `test`, `variable` and `values` as `{ test = { variable = values } }`. */
function conditions(member: Member | undefined): Member | undefined {
  return grouped(member, (item) => {
    const [test, variable] = [plain(child(item, "test")), plain(child(item, "variable"))];
    const values = child(item, "values");
    if (test === undefined || variable === undefined || !values) return [];
    const inner = memoBlock(
      item.at,
      () => [variable],
      (key) => (key === variable ? written(item.at, values) : undefined),
    );
    return [[test, inner] as const];
  });
}

function grouped(
  member: Member | undefined,
  entriesOf: (item: Node) => readonly (readonly [string, Node])[],
): Member | undefined {
  const items = itemsOf(member?.value);
  if (!member || items.length === 0) return undefined;
  const groups = new Map<string, Node[]>();
  for (const [key, node] of items.flatMap(entriesOf)) groups.set(key, [...(groups.get(key) ?? []), node]);
  const isOpen =
    items.some((item) => entriesOf(item).length === 0) ||
    (member.value.is === "list" && member.value.open !== undefined);
  const { at } = member.value;
  const find = (key: string): Member | undefined => {
    const nodes = groups.get(key);
    const [first] = nodes ?? [];
    if (!nodes || !first) return undefined;
    return written(first.at, nodes.length === 1 ? first : joined(nodes, first.at));
  };
  const marks = isOpen ? { open: "part of it is not known" } : {};
  return { ...member, value: memoBlock(at, () => [...groups.keys()], find, marks) };
}

/** Lists one after the other, objects as one with the members of all. */
function joined(nodes: readonly Node[], at: Place): Node {
  const blocks = nodes.filter((node) => node.is === "block");
  if (blocks.length === nodes.length) {
    const find = (key: string): Member | undefined => {
      const found = blocks.flatMap((block) => block.get(key) ?? []);
      const [first] = found;
      if (!first || found.length === 1) return first;
      return {
        ...first,
        value: joined(
          found.map(({ value }) => value),
          first.value.at,
        ),
      };
    };
    return memoBlock(at, () => [...new Set(blocks.flatMap((block) => block.keys()))], find);
  }
  const items = nodes.flatMap(itemsOf);
  const open = nodes.find((node) => node.is === "list" && node.open !== undefined);
  return lazyList(
    at,
    items.map((item) => () => item),
    open?.is === "list" ? open.open : undefined,
  );
}

function plain(node: Node | undefined): string | undefined {
  return node?.is === "scalar" && typeof node.value === "string" ? node.value : undefined;
}

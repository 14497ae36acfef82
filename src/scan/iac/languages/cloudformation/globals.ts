/** `Globals` of a serverless template: what holds for all resources of a kind, where they do not say otherwise. */
import { type Block, blockOf, child, type Member, type Node } from "../../../formats/node.ts";
import { callIn, type Template } from "./template.ts";

const prefix = "AWS::Serverless::";

/** The resource with the properties that `Globals` adds; itself where there are none. */
export function withGlobals(resource: Block, type: string, template: Template): Block {
  if (!type.startsWith(prefix)) return resource;
  const shared = template.section("Globals")?.get(type.slice(prefix.length));
  if (!shared) return resource;
  const own = resource.get("Properties");
  const value = own ? merged(shared.value, own.value) : shared.value;
  const members = membersOf(resource);
  members.set("Properties", { ...(own ?? shared), value });
  return blockOf(resource.at, members);
}

/** Maps are merged, lists follow one another, anything else is as the resource has it. */
function merged(shared: Node, own: Node): Node {
  if (shared.is === "list" && own.is === "list") return { ...own, items: [...shared.items, ...own.items] };
  if (shared.is !== "block" || own.is !== "block" || callIn(shared) || callIn(own)) return own;
  const members = membersOf(shared);
  for (const [key, member] of membersOf(own)) {
    const before = child(shared, key);
    members.set(key, before ? { ...member, value: merged(before, member.value) } : member);
  }
  return blockOf(own.at, members);
}

function membersOf(block: Block): Map<string, Member> {
  return new Map(
    block.keys().flatMap((key): readonly [string, Member][] => {
      const member = block.get(key);
      return member ? [[key, member]] : [];
    }),
  );
}

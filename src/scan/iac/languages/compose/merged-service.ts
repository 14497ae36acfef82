/** What `extends` makes of a service: its own keys over those of the other, lists one after the other. */
import { type Block, blockOf, child, itemsOf, type Member, type Node, textOf } from "../../../formats/node.ts";

/** Lists that compose joins; of the other lists the later one counts. */
const joined = new Set([
  "cap_add",
  "cap_drop",
  "configs",
  "device_cgroup_rules",
  "devices",
  "dns",
  "dns_search",
  "expose",
  "extra_hosts",
  "group_add",
  "ports",
  "secrets",
  "security_opt",
  "tmpfs",
  "volumes",
]);
/** Written as a mapping or as a list of `KEY=value`; policies see a mapping. */
const pairs = new Set(["environment", "labels", "sysctls", "annotations"]);

export function mergedService(own: Block, base: Block | undefined): Block {
  const known = new Map<string, Member | undefined>();
  const keys = [...new Set([...own.keys(), ...(base?.keys() ?? [])])];
  const open = own.open ?? base?.open;
  return {
    ...own,
    ...(open !== undefined && { open }),
    keys: () => keys,
    get: (key) => {
      if (!known.has(key)) known.set(key, mergedMember(key, own.get(key), base?.get(key)));
      return known.get(key);
    },
  };
}

function mergedMember(key: string, own: Member | undefined, base: Member | undefined): Member | undefined {
  const [upper, lower] = pairs.has(key) ? [asMapping(own), asMapping(base)] : [own, base];
  if (!upper || !lower) return upper ?? lower;
  if (upper.value.is === "block" && lower.value.is === "block") {
    return { ...upper, value: mergedService(upper.value, lower.value) };
  }
  if (!joined.has(key) || upper.value.is !== "list" || lower.value.is !== "list") return upper;
  return { ...upper, value: { ...upper.value, items: [...lower.value.items, ...upper.value.items] } };
}

function asMapping(member: Member | undefined): Member | undefined {
  if (member?.value.is !== "list") return member;
  const entries = member.value.items.flatMap((item): readonly (readonly [string, Member])[] => {
    const text = item.is === "unknown" ? item.text : textOf(item);
    if (text === undefined) return [];
    const equals = text.indexOf("=");
    const value = equals < 0 ? null : text.slice(equals + 1);
    const node: Node =
      item.is === "unknown" && value?.includes("$") ? { ...item, text: value } : { is: "scalar", at: item.at, value };
    return [[equals < 0 ? text : text.slice(0, equals), { key: item.at, whole: item.at, value: node }]];
  });
  return { ...member, value: blockOf(member.value.at, new Map(entries)) };
}

export interface Extended {
  /** Undefined: a service of the same file. */
  readonly file: string | undefined;
  readonly service: string;
}

/** `extends: web` and `extends: { file: base.yml, service: web }`. */
export function extendedBy(service: Node): Extended | undefined {
  const [written] = itemsOf(child(service, "extends"));
  const name = textOf(written) ?? textOf(child(written, "service"));
  return name === undefined ? undefined : { file: textOf(child(written, "file")), service: name };
}

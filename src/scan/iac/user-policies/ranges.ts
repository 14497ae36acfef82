/** Ranges of numbers ("3000-4000", "*") and networks ("10.0.0.0/8"). What is neither is in nothing. */
import { BlockList, isIP } from "node:net";

export function isInRange(range: string, wanted: string): boolean {
  if (range === "*" || range === wanted) return true;
  const [low, high] = numbersOf(range);
  const [from, to = from] = numbersOf(wanted);
  if (low === undefined || high === undefined || from === undefined || to === undefined) return false;
  return low <= from && to <= high;
}

function numbersOf(range: string): readonly (number | undefined)[] {
  return range.split("-").map((part) => (/^\s*\d+\s*$/.test(part) ? Number(part) : undefined));
}

/** True if every address of the first network is one of the second. */
export function isWithinNetwork(inner: string, outer: string): boolean {
  const [a, b] = [networkOf(inner), networkOf(outer)];
  if (!a || !b || a.family !== b.family || a.prefix < b.prefix) return false;
  const list = new BlockList();
  list.addSubnet(b.address, b.prefix, b.family);
  return list.check(a.address, a.family);
}

function networkOf(text: string) {
  const [address = "", prefix] = text.trim().split("/");
  const version = isIP(address);
  const bits = version === 4 ? 32 : 128;
  const length = prefix === undefined ? bits : Number(prefix);
  if (version === 0 || !Number.isInteger(length) || length < 0 || length > bits) return undefined;
  return { address, prefix: length, family: version === 4 ? ("ipv4" as const) : ("ipv6" as const) };
}

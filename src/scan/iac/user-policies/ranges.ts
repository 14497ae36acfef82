/** Ranges of numbers ("3000-4000", "*") and networks ("10.0.0.0/8"). What is neither is in nothing. */

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
  if (!a || !b || a.bits !== b.bits || a.prefix < b.prefix) return false;
  const rest = BigInt(b.bits - b.prefix);
  return a.address >> rest === b.address >> rest;
}

interface Network {
  readonly address: bigint;
  readonly bits: 32 | 128;
  readonly prefix: number;
}

function networkOf(text: string): Network | undefined {
  const [written = "", length] = text.trim().split("/");
  const bits = written.includes(":") ? 128 : 32;
  const address = bits === 32 ? ipv4Of(written) : ipv6Of(written);
  const prefix = length === undefined ? bits : Number(length);
  if (address === undefined || !Number.isInteger(prefix) || prefix < 0 || prefix > bits) return undefined;
  return { address, bits, prefix };
}

function ipv4Of(text: string): bigint | undefined {
  const parts = text.split(".");
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256)) return undefined;
  return parts.reduce((sum, part) => sum * 256n + BigInt(part), 0n);
}

/** `::` stands for as many groups of zeros as are missing. */
function ipv6Of(text: string): bigint | undefined {
  const [head = "", tail, more] = text.split("::");
  if (more !== undefined) return undefined;
  const [before, after] = [head, tail ?? ""].map((part) => part.split(":").filter(Boolean)) as [string[], string[]];
  const missing = 8 - before.length - after.length;
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
  const groups = [...before, ...Array<string>(missing).fill("0"), ...after];
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return undefined;
  return groups.reduce((sum, group) => sum * 65_536n + BigInt(`0x${group}`), 0n);
}

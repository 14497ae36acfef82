/** Addresses and ranges of IP networks (`10.0.0.0/8`, `2001:db8::/32`), version 4 and 6, as whole numbers. */

interface IpAddress {
  readonly bits: 32 | 128;
  readonly number: bigint;
}

export interface IpRange {
  readonly bits: 32 | 128;
  /** Its first address as a number. */
  readonly start: bigint;
  readonly prefix: number;
}

function readAddress(text: string): IpAddress | undefined {
  if (!text.includes(":")) {
    const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text)?.slice(1).map(Number);
    if (!parts || parts.some((part) => part > 255)) return undefined;
    return { bits: 32, number: parts.reduce((sum, part) => sum * 256n + BigInt(part), 0n) };
  }
  const dotted = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text);
  const last = dotted && readAddress(dotted[2] ?? "");
  if (dotted && !last) return undefined;
  const whole = last
    ? `${dotted[1]}${(last.number >> 16n).toString(16)}:${(last.number & 0xffffn).toString(16)}`
    : text;
  const halves = whole.split("::");
  const [head = [], tail] = halves.map((half) => (half === "" ? [] : half.split(":")));
  const missing = 8 - head.length - (tail?.length ?? 0);
  if (halves.length > 2 || (tail ? missing < 1 : missing !== 0)) return undefined;
  const groups = [...head, ...Array<string>(tail ? missing : 0).fill("0"), ...(tail ?? [])];
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return undefined;
  return { bits: 128, number: BigInt(`0x${groups.map((group) => group.padStart(4, "0")).join("")}`) };
}

/** An address with the length of its prefix; bits after the prefix do not count. */
export function readRange(text: string): IpRange | undefined {
  const [, host = "", length = ""] = /^([^/]*)\/(\d{1,3})$/.exec(text) ?? [];
  const address = readAddress(host);
  const prefix = Number(length);
  if (!address || prefix > address.bits) return undefined;
  const rest = BigInt(address.bits - prefix);
  return { bits: address.bits, start: (address.number >> rest) << rest, prefix };
}

/** An address alone counts as the range of itself. */
export function readRangeOrAddress(text: string): IpRange | undefined {
  const address = readAddress(text);
  return address ? { bits: address.bits, start: address.number, prefix: address.bits } : readRange(text);
}

/** True if every address of the first is one of the second. */
export function isWithin(inner: IpRange, outer: IpRange): boolean {
  if (inner.bits !== outer.bits || inner.prefix < outer.prefix) return false;
  const rest = BigInt(outer.bits - outer.prefix);
  return inner.start >> rest === outer.start >> rest;
}

/** The same of what is written, a range or an address; what is neither is in nothing, and nothing is in it. */
export function isWithinRange(inner: string, outer: string): boolean {
  const [within, around] = [inner, outer].map((text) => readRangeOrAddress(text.trim()));
  return within !== undefined && around !== undefined && isWithin(within, around);
}

export function writeAddress({ bits, number }: IpAddress): string {
  if (bits === 32) return [24n, 16n, 8n, 0n].map((shift) => (number >> shift) & 255n).join(".");
  const shifts = [112n, 96n, 80n, 64n, 48n, 32n, 16n, 0n];
  const groups = shifts.map((shift) => ((number >> shift) & 0xffffn).toString(16)).join(":");
  const runs = [...groups.matchAll(/\b0(?::0)+\b/g)].sort((a, b) => b[0].length - a[0].length);
  const [longest] = runs;
  if (!longest) return groups;
  const before = groups.slice(0, longest.index).replace(/:$/, "");
  return `${before}::${groups.slice(longest.index + longest[0].length).replace(/^:/, "")}`;
}

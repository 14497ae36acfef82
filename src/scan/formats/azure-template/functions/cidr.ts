/** Template functions on address ranges, IPv4 and IPv6. */
import { type FunctionTable, strict } from "../call.ts";
import { isNumber, isText, nodeOf, scalarOf } from "../values.ts";

export const cidrFunctions: FunctionTable = {
  parsecidr: strict(([text], { at }) => {
    const range = isText(text) ? rangeOf(text.value) : undefined;
    if (!range) return undefined;
    const { start, prefix, bits } = range;
    const size = 1n << BigInt(bits - prefix);
    const end = start + size - 1n;
    const hosts = bits === 32 && prefix < 31; // the first and the last address of such a range are no hosts
    return nodeOf(at, {
      network: written(start, bits),
      netmask: written((1n << BigInt(bits)) - size, bits),
      ...(bits === 32 && { broadcast: written(end, bits) }),
      firstUsable: written(hosts ? start + 1n : start, bits),
      lastUsable: written(hosts ? end - 1n : end, bits),
      cidr: prefix,
    });
  }),
  cidrsubnet: strict(([text, length, position], { at }) => {
    const range = isText(text) ? rangeOf(text.value) : undefined;
    if (!range || !isNumber(length) || !isNumber(position)) return undefined;
    const { start, prefix, bits } = range;
    if (!Number.isInteger(length.value) || length.value < prefix || length.value > bits) return undefined;
    if (!Number.isInteger(position.value) || position.value < 0) return undefined;
    if (BigInt(position.value) >= 1n << BigInt(length.value - prefix)) return undefined;
    const subnet = start + (BigInt(position.value) << BigInt(bits - length.value));
    return scalarOf(at, `${written(subnet, bits)}/${length.value}`);
  }),
  cidrhost: strict(([text, position], { at }) => {
    const range = isText(text) ? rangeOf(text.value) : undefined;
    if (!range || !isNumber(position) || !Number.isInteger(position.value) || position.value < 0) return undefined;
    const { start, prefix, bits } = range;
    const host = BigInt(position.value) + (bits === 32 && prefix < 31 ? 1n : 0n);
    return host < 1n << BigInt(bits - prefix) ? scalarOf(at, written(start + host, bits)) : undefined;
  }),
};

interface Range {
  readonly start: bigint;
  readonly prefix: number;
  readonly bits: 32 | 128;
}

function rangeOf(text: string): Range | undefined {
  const match = /^([0-9a-f.:]{2,45})\/(\d{1,3})$/i.exec(text.trim());
  const [, address = "", digits = ""] = match ?? [];
  const bits = address.includes(":") ? 128 : 32;
  const number = bits === 32 ? ipv4(address) : ipv6(address);
  const prefix = Number(digits);
  if (number === undefined || !match || prefix > bits) return undefined;
  const rest = BigInt(bits - prefix);
  return { start: (number >> rest) << rest, prefix, bits };
}

function ipv4(text: string): bigint | undefined {
  const parts = text.split(".");
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256)) return undefined;
  return parts.reduce((number, part) => (number << 8n) | BigInt(part), 0n);
}

function ipv6(text: string): bigint | undefined {
  const [head = "", tail, ...more] = text.split("::");
  const before = head ? head.split(":") : [];
  const after = tail ? tail.split(":") : [];
  const gap = tail === undefined ? 0 : 8 - before.length - after.length;
  const groups = [...before, ...Array.from({ length: Math.max(0, gap) }, () => "0"), ...after];
  if (more.length > 0 || groups.length !== 8 || !groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group)))
    return undefined;
  return groups.reduce((number, group) => (number << 16n) | BigInt(`0x${group}`), 0n);
}

function written(number: bigint, bits: 32 | 128): string {
  if (bits === 32) return [24n, 16n, 8n, 0n].map((shift) => (number >> shift) & 255n).join(".");
  const groups = Array.from({ length: 8 }, (_, position) =>
    ((number >> BigInt(16 * (7 - position))) & 65535n).toString(16),
  );
  const runs = groups.join(":").match(/(?<![^:])0(?::0)+(?![^:])/g) ?? [];
  const [longest] = runs.sort((a, b) => b.length - a.length);
  if (longest === undefined) return groups.join(":");
  return `:${groups.join(":")}:`.replace(`:${longest}:`, "::").replace(/^:(?!:)|(?<!:):$/g, "");
}

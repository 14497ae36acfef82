/** Template functions on address ranges, IPv4 and IPv6. */
import { type IpRange, readRange, writeAddress } from "../../ip-range.ts";
import type { Node } from "../../node.ts";
import { type FunctionTable, strict } from "../call.ts";
import { isNumber, isText, nodeOf, scalarOf } from "../values.ts";

export const cidrFunctions: FunctionTable = {
  parsecidr: strict(([text], { at }) => {
    const range = rangeOf(text);
    if (!range) return undefined;
    const { start, prefix, bits } = range;
    const size = 1n << BigInt(bits - prefix);
    const end = start + size - 1n;
    const hosts = bits === 32 && prefix < 31; // the first and the last address of such a range are no hosts
    return nodeOf(at, {
      network: writeAddress({ bits, number: start }),
      netmask: writeAddress({ bits, number: (1n << BigInt(bits)) - size }),
      ...(bits === 32 && { broadcast: writeAddress({ bits, number: end }) }),
      firstUsable: writeAddress({ bits, number: hosts ? start + 1n : start }),
      lastUsable: writeAddress({ bits, number: hosts ? end - 1n : end }),
      cidr: prefix,
    });
  }),
  cidrsubnet: strict(([text, length, position], { at }) => {
    const range = rangeOf(text);
    if (!range || !isNumber(length) || !isNumber(position)) return undefined;
    const { start, prefix, bits } = range;
    if (!Number.isInteger(length.value) || length.value < prefix || length.value > bits) return undefined;
    if (!Number.isInteger(position.value) || position.value < 0) return undefined;
    if (BigInt(position.value) >= 1n << BigInt(length.value - prefix)) return undefined;
    const subnet = start + (BigInt(position.value) << BigInt(bits - length.value));
    return scalarOf(at, `${writeAddress({ bits, number: subnet })}/${length.value}`);
  }),
  cidrhost: strict(([text, position], { at }) => {
    const range = rangeOf(text);
    if (!range || !isNumber(position) || !Number.isInteger(position.value) || position.value < 0) return undefined;
    const { start, prefix, bits } = range;
    const host = BigInt(position.value) + (bits === 32 && prefix < 31 ? 1n : 0n);
    return host < 1n << BigInt(bits - prefix) ? scalarOf(at, writeAddress({ bits, number: start + host })) : undefined;
  }),
};

function rangeOf(node: Node | undefined): IpRange | undefined {
  return isText(node) ? readRange(node.value.trim()) : undefined;
}

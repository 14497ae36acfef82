/** Functions of IP networks, version 4 and 6, over whole addresses as BigInt. */
import { type Answer, refuse } from "./answer.ts";
import { toNumber } from "./convert-scalar.ts";
import { type FunctionTable, plain, plainRest } from "./terraform-function.ts";

interface Network {
  readonly bits: 32 | 128;
  readonly address: bigint;
  readonly prefix: number;
}

function readAddress(text: string): { readonly bits: 32 | 128; readonly address: bigint } | undefined {
  if (!text.includes(":")) {
    const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text)?.slice(1).map(Number);
    if (!parts || parts.some((part) => part > 255)) return undefined;
    return { bits: 32, address: parts.reduce((sum, part) => sum * 256n + BigInt(part), 0n) };
  }
  const dotted = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text);
  const last = dotted && readAddress(dotted[2] ?? "");
  if (dotted && !last) return undefined;
  const whole = last
    ? `${dotted[1]}${(last.address >> 16n).toString(16)}:${(last.address & 0xffffn).toString(16)}`
    : text;
  const halves = whole.split("::");
  const [head = [], tail] = halves.map((half) => (half === "" ? [] : half.split(":")));
  const missing = 8 - head.length - (tail?.length ?? 0);
  if (halves.length > 2 || (tail ? missing < 1 : missing !== 0)) return undefined;
  const groups = [...head, ...Array<string>(tail ? missing : 0).fill("0"), ...(tail ?? [])];
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return undefined;
  return { bits: 128, address: BigInt(`0x${groups.map((group) => group.padStart(4, "0")).join("")}`) };
}

function readNetwork(text: string): Network | undefined {
  const [, host = "", length = ""] = /^([^/]*)\/(\d{1,3})$/.exec(text) ?? [];
  const found = readAddress(host);
  const prefix = Number(length);
  if (!found || length === "" || prefix > found.bits) return undefined;
  const rest = BigInt(found.bits - prefix);
  return { bits: found.bits, address: (found.address >> rest) << rest, prefix };
}

function writeAddress(address: bigint, bits: 32 | 128): string {
  if (bits === 32) return [24n, 16n, 8n, 0n].map((shift) => (address >> shift) & 255n).join(".");
  const shifts = [112n, 96n, 80n, 64n, 48n, 32n, 16n, 0n];
  const groups = shifts.map((shift) => ((address >> shift) & 0xffffn).toString(16)).join(":");
  const runs = [...groups.matchAll(/\b0(?::0)+\b/g)].sort((a, b) => b[0].length - a[0].length);
  const [longest] = runs;
  if (!longest) return groups;
  const before = groups.slice(0, longest.index).replace(/:$/, "");
  return `${before}::${groups.slice(longest.index + longest[0].length).replace(/^:/, "")}`;
}

const noNetwork = "the text is no network such as 10.0.0.0/16";

function withNetwork(text: string, answer: (network: Network) => Answer): Answer {
  const network = readNetwork(text);
  return network ? answer(network) : refuse(noNetwork);
}

export const ipNetworkFunctions: FunctionTable = {
  cidrcontains: plain(["string", "string"], (outer, inner) =>
    withNetwork(outer, (network) => {
      const host = readAddress(inner);
      const asked = host ? { ...host, prefix: host.bits } : readNetwork(inner);
      if (asked?.bits !== network.bits) return refuse("both must be addresses of the same version");
      const rest = BigInt(network.bits - network.prefix);
      return asked.prefix >= network.prefix && asked.address >> rest === network.address >> rest;
    }),
  ),
  cidrhost: plain(["string", "whole"], (text, number) =>
    withNetwork(text, ({ bits, address, prefix }) => {
      const size = 1n << BigInt(bits - prefix);
      const offset = number < 0 ? size + BigInt(number) : BigInt(number);
      if (offset < 0n || offset >= size) return refuse(`the network has no host ${number}`);
      return writeAddress(address + offset, bits);
    }),
  ),
  cidrnetmask: plain(["string"], (text) =>
    withNetwork(text, ({ bits, prefix }) => {
      if (bits === 128) return refuse("not for IPv6");
      return writeAddress(((1n << BigInt(prefix)) - 1n) << BigInt(32 - prefix), bits);
    }),
  ),
  cidrsubnet: plain(["string", "whole", "whole"], (text, more, number) =>
    withNetwork(text, ({ bits, address, prefix }) => {
      const length = prefix + more;
      if (more < 0 || length > bits) return refuse(`the network cannot be extended by ${more} bits`);
      const wanted = number < 0 ? (1n << BigInt(more)) + BigInt(number) : BigInt(number);
      if (wanted < 0n || wanted >> BigInt(more) !== 0n)
        return refuse(`the network has no part ${number} of ${more} bits`);
      return `${writeAddress(address + (wanted << BigInt(bits - length)), bits)}/${length}`;
    }),
  ),
  cidrsubnets: plainRest("string", 1, ([text = "", ...extensions]) =>
    withNetwork(text, (network) => subnets(network, extensions)),
  ),
};

/** One after the other, each at the next place where its size allows it. */
function subnets({ bits, address, prefix }: Network, extensions: readonly string[]): Answer {
  const end = address + (1n << BigInt(bits - prefix));
  let next = address;
  const found: string[] = [];
  for (const extension of extensions) {
    const more = toNumber(extension) ?? 0;
    if (!Number.isInteger(more) || more < 1 || prefix + more > bits) {
      return refuse(`the network cannot be extended by ${extension} bits`);
    }
    const size = 1n << BigInt(bits - prefix - more);
    const start = ((next + size - 1n) / size) * size;
    next = start + size;
    if (next > end) return refuse("the networks have no place in the whole");
    found.push(`${writeAddress(start, bits)}/${prefix + more}`);
  }
  return found;
}

/** Functions of IP networks, version 4 and 6. */
import { type IpRange, isWithin, readRange, readRangeOrAddress, writeAddress } from "../../ip-range.ts";
import { type Answer, refuse } from "./answer.ts";
import { toNumber } from "./convert-scalar.ts";
import { type FunctionTable, plain, plainRest } from "./terraform-function.ts";

const noNetwork = "the text is no network such as 10.0.0.0/16";

function withNetwork(text: string, answer: (network: IpRange) => Answer): Answer {
  const network = readRange(text);
  return network ? answer(network) : refuse(noNetwork);
}

export const ipNetworkFunctions: FunctionTable = {
  cidrcontains: plain(["string", "string"], (outer, inner) =>
    withNetwork(outer, (network) => {
      const asked = readRangeOrAddress(inner);
      if (asked?.bits !== network.bits) return refuse("both must be addresses of the same version");
      return isWithin(asked, network);
    }),
  ),
  cidrhost: plain(["string", "whole"], (text, number) =>
    withNetwork(text, ({ bits, start, prefix }) => {
      const size = 1n << BigInt(bits - prefix);
      const offset = number < 0 ? size + BigInt(number) : BigInt(number);
      if (offset < 0n || offset >= size) return refuse(`the network has no host ${number}`);
      return writeAddress({ bits, number: start + offset });
    }),
  ),
  cidrnetmask: plain(["string"], (text) =>
    withNetwork(text, ({ bits, prefix }) => {
      if (bits === 128) return refuse("not for IPv6");
      return writeAddress({ bits, number: ((1n << BigInt(prefix)) - 1n) << BigInt(32 - prefix) });
    }),
  ),
  cidrsubnet: plain(["string", "whole", "whole"], (text, more, number) =>
    withNetwork(text, ({ bits, start, prefix }) => {
      const length = prefix + more;
      if (more < 0 || length > bits) return refuse(`the network cannot be extended by ${more} bits`);
      const wanted = number < 0 ? (1n << BigInt(more)) + BigInt(number) : BigInt(number);
      if (wanted < 0n || wanted >> BigInt(more) !== 0n)
        return refuse(`the network has no part ${number} of ${more} bits`);
      return `${writeAddress({ bits, number: start + (wanted << BigInt(bits - length)) })}/${length}`;
    }),
  ),
  cidrsubnets: plainRest("string", 1, ([text = "", ...extensions]) =>
    withNetwork(text, (network) => subnets(network, extensions)),
  ),
};

/** One after the other, each at the next place where its size allows it. */
function subnets({ bits, start, prefix }: IpRange, extensions: readonly string[]): Answer {
  const end = start + (1n << BigInt(bits - prefix));
  let next = start;
  const found: string[] = [];
  for (const extension of extensions) {
    const more = toNumber(extension) ?? 0;
    if (!Number.isInteger(more) || more < 1 || prefix + more > bits) {
      return refuse(`the network cannot be extended by ${extension} bits`);
    }
    const size = 1n << BigInt(bits - prefix - more);
    const first = ((next + size - 1n) / size) * size;
    next = first + size;
    if (next > end) return refuse("the networks have no place in the whole");
    found.push(`${writeAddress({ bits, number: first })}/${prefix + more}`);
  }
  return found;
}

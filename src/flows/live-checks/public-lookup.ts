/** Name lookup that refuses addresses of private and special networks: a name server must not point a request inside. */
import { BlockList, isIPv4, type LookupFunction } from "node:net";

export type Resolve = (name: string) => Promise<readonly { readonly address: string; readonly family: number }[]>;

export interface NameDoor {
  readonly resolve: Resolve;
  readonly refuses: (address: string) => boolean;
}

/** For the host that is asked; whatever else is looked up, a proxy, is the administrator's own. */
export function publicLookup(host: string, { resolve, refuses }: NameDoor): LookupFunction {
  return (name, _options, answer) => {
    resolve(name).then(
      (found) => {
        const refused = name === host && found.some(({ address }) => refuses(address));
        if (refused) answer(refusal(), []);
        else answer(null, [...found]);
      },
      (error: NodeJS.ErrnoException) => answer(error, []),
    );
  };
}

export const privateAddress = "EPRIVATE";

function refusal(): NodeJS.ErrnoException {
  return Object.assign(new Error("The name leads to a private address."), { code: privateAddress });
}

const blocked4 = new BlockList();
for (const [network, prefix] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["224.0.0.0", 3],
] as const) {
  blocked4.addSubnet(network, prefix, "ipv4");
}

/** The addresses that the internet uses, and the gateway's to the older internet. */
const open6 = new BlockList();
open6.addSubnet("2000::", 3, "ipv6");
open6.addSubnet("64:ff9b::", 96, "ipv6");

export function isPrivate(address: string): boolean {
  return isIPv4(address) ? blocked4.check(address, "ipv4") : !open6.check(address, "ipv6");
}

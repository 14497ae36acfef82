/** Addresses that no host of the internet has: of this machine, of private networks, for documentation, and the like. */
import { BlockList, isIPv4 } from "node:net";

/** IANA's registry of special purposes, and multicast. */
const networks4 = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 3],
] as const;
const special4 = new BlockList();
for (const [network, prefix] of networks4) special4.addSubnet(network, prefix, "ipv4");

/** Those that the internet uses, and the gateway's to the older internet. */
const open6 = new BlockList();
open6.addSubnet("2000::", 3, "ipv6");
open6.addSubnet("64:ff9b::", 96, "ipv6");
/** For documentation; tunnels of old (6to4, Teredo), which lead to any older address; and what the gateway would pass on inside. */
const special6 = new BlockList();
special6.addSubnet("2001:db8::", 32, "ipv6");
special6.addSubnet("3fff::", 20, "ipv6");
special6.addSubnet("2002::", 16, "ipv6");
special6.addSubnet("2001::", 32, "ipv6");
for (const [network, prefix] of networks4) special6.addSubnet(`64:ff9b::${network}`, 96 + prefix, "ipv6");

/** `address` is one of either version, without brackets. */
export function isSpecialAddress(address: string): boolean {
  if (isIPv4(address)) return special4.check(address, "ipv4");
  return !open6.check(address, "ipv6") || special6.check(address, "ipv6");
}

/**
 * Whether Azure DevOps can deliver to this server. It refuses addresses within machines and private networks, and sends a
 * password to https alone; where it cannot come, Sallyport looks by itself, and says why.
 */
import { BlockList, isIP } from "node:net";
import type { Delivery } from "#flows/app.ts";

export interface DeliveryFacts {
  readonly hooks: "auto" | "off";
  readonly publicUrl: string;
  /** A stand-in of Azure DevOps. */
  readonly azureDevOpsUrl?: string | undefined;
  /** An Azure DevOps Server, which is in the same network. */
  readonly azureDevOpsServerUrl?: string | undefined;
}

export function deliveryMode(facts: DeliveryFacts): Delivery {
  const because = obstacle(facts);
  return because === undefined ? { is: "hooks" } : { is: "polling", because };
}

function obstacle({ hooks, publicUrl, azureDevOpsUrl, azureDevOpsServerUrl }: DeliveryFacts): string | undefined {
  if (hooks === "off") return "SALLYPORT_HOOKS is off.";
  const { protocol, hostname } = new URL(publicUrl);
  const nearby = azureDevOpsUrl ?? azureDevOpsServerUrl;
  if (nearby !== undefined) {
    if (!isLoopback(hostname) || isLoopback(new URL(nearby).hostname)) return undefined;
    return `${publicUrl} leads to this machine only; set SALLYPORT_PUBLIC_URL to an address that Azure DevOps reaches.`;
  }
  if (isLoopback(hostname)) {
    return `${publicUrl} leads to this machine only; set SALLYPORT_PUBLIC_URL to an address that Azure DevOps reaches.`;
  }
  if (isPrivate(hostname)) {
    return `${publicUrl} is an address of a private network, which Azure DevOps does not deliver to.`;
  }
  if (protocol !== "https:")
    return `${publicUrl} is not https; Azure DevOps sends the password of a hook to https only.`;
  return undefined;
}

function isLoopback(hostname: string): boolean {
  const host = bare(hostname);
  return (
    host === "localhost" || host.endsWith(".localhost") || (isIP(host) !== 0 && loopback.check(host, family(host)))
  );
}

/** Names that only a private network knows, and addresses that are routed nowhere else. */
function isPrivate(hostname: string): boolean {
  const host = bare(hostname);
  if (isIP(host) !== 0) return special.check(host, family(host));
  return !host.includes(".") || /\.(local|internal|lan|intranet|corp|home|home\.arpa|localdomain)$/.test(host);
}

function bare(hostname: string): string {
  return hostname
    .toLowerCase()
    .replace(/^\[|\]$/g, "")
    .replace(/\.$/, "");
}

function family(host: string): "ipv4" | "ipv6" {
  return isIP(host) === 6 ? "ipv6" : "ipv4";
}

const loopback = blockList([
  ["127.0.0.0", 8],
  ["::1", 128],
]);

/** IANA's special-purpose ranges. */
const special = blockList([
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
  ["::", 127],
  ["fc00::", 7],
  ["fe80::", 10],
  ["ff00::", 8],
  ["2001:db8::", 32],
]);

function blockList(ranges: readonly (readonly [string, number])[]): BlockList {
  const list = new BlockList();
  for (const [network, bits] of ranges) list.addSubnet(network, bits, family(network));
  return list;
}

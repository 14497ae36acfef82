/**
 * Whether Azure DevOps can deliver to this server. It refuses addresses within machines and private networks, and sends a
 * password to https alone; where it cannot come, Sallyport looks by itself, and says why.
 */
import { isIP, isIPv4 } from "node:net";
import type { Delivery } from "#flows/app.ts";
import { isSpecialAddress } from "#flows/special-addresses.ts";

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
    host === "localhost" || host.endsWith(".localhost") || (isIPv4(host) && host.startsWith("127.")) || host === "::1"
  );
}

/** Names that only a private network knows, and addresses that are routed nowhere else. */
function isPrivate(hostname: string): boolean {
  const host = bare(hostname);
  if (isIP(host) !== 0) return isSpecialAddress(host);
  return !host.includes(".") || /\.(local|internal|lan|intranet|corp|home|home\.arpa|localdomain)$/.test(host);
}

function bare(hostname: string): string {
  return hostname
    .toLowerCase()
    .replace(/^\[|\]$/g, "")
    .replace(/\.$/, "");
}

/** Where the hosts of Azure DevOps are: the real ones, or all of them behind one address of a stand-in. */

/** Every host that this room may call; an address from a payload is never called. */
const hosts = [
  "dev.azure.com",
  "vssps.dev.azure.com",
  "app.vssps.visualstudio.com",
  "vsaex.dev.azure.com",
  "feeds.dev.azure.com",
  "auditservice.dev.azure.com",
  "extmgmt.dev.azure.com",
  "vsrm.dev.azure.com",
] as const;

export type RemoteHost = (typeof hosts)[number];

/** Where tokens come from: Entra, and what gives an Azure virtual machine the token of its managed identity. */
const signInHosts = ["login.microsoftonline.com", "169.254.169.254"] as const;

/** One base address per host, without a slash at the end. */
export type Addresses = Readonly<Record<RemoteHost | (typeof signInHosts)[number], string>>;

/** Without `url` the real service; with it `dev.azure.com` is `url` and the others are `url/_hosts/{host}`. */
export function addressesFrom(url?: string): Addresses {
  const core = url === undefined ? undefined : checkAddress(url);
  const entries = [...hosts, ...signInHosts].map((host) => {
    // What is asked there never leaves the virtual machine; it has no certificate.
    if (core === undefined) return [host, `${host === "169.254.169.254" ? "http" : "https"}://${host}`];
    return [host, host === "dev.azure.com" ? core : `${core}/_hosts/${host}`];
  });
  return Object.fromEntries(entries) as Addresses;
}

/** Credentials travel to it, so it is https, or http within this machine. */
function checkAddress(text: string): string {
  if (!URL.canParse(text)) throw new Error(`"${text}" is no address of an Azure DevOps.`);
  const url = new URL(text);
  const isLoopback = ["127.0.0.1", "[::1]", "localhost"].includes(url.hostname);
  if (url.protocol !== "https:" && !(url.protocol === "http:" && isLoopback)) {
    throw new Error(`${url.origin} must be https (http is allowed for 127.0.0.1 and localhost only).`);
  }
  if (url.username !== "" || url.password !== "") throw new Error("An address may not hold a user name or password.");
  return `${url.origin}${url.pathname}`.replace(/\/+$/, "");
}

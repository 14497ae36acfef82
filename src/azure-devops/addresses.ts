/** Where the hosts of Azure DevOps are: the real ones, or all of them behind one address of a stand-in. */

/** Every host that this room may call; an address from a payload is never called. */
const hosts = [
  "dev.azure.com",
  "vssps.dev.azure.com",
  "app.vssps.visualstudio.com",
  "vsaex.dev.azure.com",
  "feeds.dev.azure.com",
  "pkgs.dev.azure.com",
  "auditservice.dev.azure.com",
  "extmgmt.dev.azure.com",
  "vsrm.dev.azure.com",
] as const;

export type RemoteHost = (typeof hosts)[number];

/** Where tokens come from: Entra, and what gives an Azure virtual machine the token of its managed identity. */
const signInHosts = ["login.microsoftonline.com", "169.254.169.254"] as const;

/** One base address per host, without a slash at the end. */
export type Addresses = Readonly<Record<RemoteHost | (typeof signInHosts)[number], string>> & {
  /** The service of Microsoft, or a server in somebody's house: no Microsoft Entra ID, older versions. */
  readonly edition: "services" | "server";
  /** Newest api-version to be asked for. */
  readonly newestVersion: string;
};

export interface AddressOptions {
  /** A stand-in of the service: `dev.azure.com` is this address, the others are `{url}/_hosts/{host}`. */
  readonly url?: string | undefined;
  /** An Azure DevOps Server, up to what stands before its collections: `https://tfs.example/tfs`. Collections are its organizations. */
  readonly serverUrl?: string | undefined;
  /** The newest api-version that the server knows; 6.0 is Azure DevOps Server 2020. */
  readonly serverVersion?: string | undefined;
}

/** Of the real service if nothing is given; a text is the address of a stand-in. */
export function addressesFrom(where: string | AddressOptions = {}): Addresses {
  const { url, serverUrl, serverVersion = "6.0" } = typeof where === "string" ? { url: where } : where;
  if (url !== undefined && serverUrl !== undefined) throw new Error("Either the service or a server can be connected.");
  if (serverUrl !== undefined && !/^\d{1,2}\.\d$/.test(serverVersion)) {
    throw new Error(`"${serverVersion}" is no api-version of an Azure DevOps Server; 6.0 is one.`);
  }
  const core = url === undefined ? undefined : checkAddress(url);
  const server = serverUrl === undefined ? undefined : checkAddress(serverUrl);
  const addressOf = (host: string) => {
    if (core !== undefined) return host === "dev.azure.com" ? core : `${core}/_hosts/${host}`;
    // What is asked there never leaves the virtual machine; it has no certificate.
    return `${host === "169.254.169.254" ? "http" : "https"}://${host}`;
  };
  const entries = [
    ...hosts.map((host) => [host, server ?? addressOf(host)]),
    ...signInHosts.map((host) => [host, addressOf(host)]),
  ];
  const edition = server === undefined ? "services" : "server";
  return { ...Object.fromEntries(entries), edition, newestVersion: server === undefined ? "7.1" : serverVersion };
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

/**
 * Finds the directory (tenant) that somebody means with the name of an organization, a domain or an e-mail address, so that
 * they are sent straight to its sign-in page. Asks without any credential; what is found out is public.
 */
import { RemoteError } from "#model/remote-error.ts";
import { encodeSegment } from "../organization-client.ts";
import { type AskEntra, ask } from "./ask-entra.ts";
import { isTenantId, readDirectory } from "./read-directory.ts";

export type ResolvedTenant =
  | {
      readonly is: "tenant";
      /** GUID. */
      readonly tenant: string;
      readonly via: "organization" | "domain" | "e-mail";
      readonly organization?: string;
      readonly loginHint?: string;
    }
  /** The address says nothing about the directory: `organizations`, and Entra asks on. */
  | { readonly is: "any-work-account"; readonly loginHint?: string }
  /** Backed by personal Microsoft accounts: a personal access token is the only way. */
  | { readonly is: "personal"; readonly organization: string }
  | { readonly is: "not-found"; readonly reason: string };

const noDirectory = "00000000-0000-0000-0000-000000000000";

/** Where Microsoft keeps personal accounts; the second one answers for outlook.com. */
const personalDirectories = ["9188040d-6c67-4c5b-b112-36a304b66dad", "84df9e7f-e9f6-40af-b435-aaaaaaaaaaaa"];
const personalDomains = /^(?:outlook|hotmail|live|msn|passport)\.[a-z.]+$/i;

export async function resolveTenant(about: AskEntra, text: string): Promise<ResolvedTenant> {
  const asked = text.trim().replace(/^\/+|\/+$/g, "");
  const organization = organizationIn(asked, about.addresses["dev.azure.com"]);
  if (organization !== undefined) return ofOrganization(about, organization);
  const [, domain] = /^[^\s@]+@([^\s@/]+\.[^\s@/]+)$/.exec(asked) ?? [];
  if (domain !== undefined) return ofMail(about, asked, domain);
  if (isTenantId(asked) || /^[^\s@/:]+\.[^\s@/:.]+$/.test(asked)) return ofDomain(about, asked);
  return {
    is: "not-found",
    reason: "Enter the name of an organization, a domain like contoso.com, or an e-mail address.",
  };
}

/**
 * The directory behind an organization: a GUID, "personal" if there is none, undefined if there is no such organization.
 * The organization's own host names it to everybody, with the 404 that such a call gets.
 */
export async function tenantOfOrganization(about: AskEntra, organization: string): Promise<string | undefined> {
  const name = encodeSegment(organization);
  const headers = { "X-TFS-FedAuthRedirect": "Suppress" };
  const { addresses } = about;
  const first = await ask(about, `${addresses["vssps.dev.azure.com"]}/${name}`, { method: "HEAD", headers }, service);
  const named = directoryIn(first.headers);
  if (named !== undefined) return named;
  // Otherwise the challenge to a call without a credential tells, unless there is no such organization.
  const address = `${addresses["dev.azure.com"]}/${name}/_apis/connectionData?api-version=7.1-preview`;
  const second = await ask(about, address, { headers }, service);
  return directoryIn(second.headers);
}

const service = "Azure DevOps";

function directoryIn(headers: Headers): string | undefined {
  const challenge = /authorization_uri="?https?:\/\/[^\s",]*\/([0-9a-f-]{36})\b/i.exec(
    headers.get("www-authenticate") ?? "",
  );
  const tenant = (headers.get("x-vss-resourcetenant") ?? challenge?.[1] ?? "").toLowerCase();
  if (!isTenantId(tenant)) return undefined;
  return tenant === noDirectory ? "personal" : tenant;
}

async function ofOrganization(about: AskEntra, organization: string): Promise<ResolvedTenant> {
  const tenant = await tenantOfOrganization(about, organization);
  if (tenant === "personal") return { is: "personal", organization };
  if (tenant !== undefined) return { is: "tenant", tenant, via: "organization", organization };
  const reason = `Azure DevOps knows no organization called ${organization}. Its name is what follows dev.azure.com/ in the address.`;
  return { is: "not-found", reason };
}

async function ofDomain(about: AskEntra, domain: string): Promise<ResolvedTenant> {
  const tenant = await directoryOf(about, domain);
  if (tenant !== undefined) return { is: "tenant", tenant, via: "domain" };
  return { is: "not-found", reason: `Microsoft Entra ID knows no directory with the name ${domain}.` };
}

async function ofMail(about: AskEntra, mail: string, domain: string): Promise<ResolvedTenant> {
  const tenant = personalDomains.test(domain) ? personalDirectories[0] : await directoryOf(about, domain);
  if (tenant === undefined) return { is: "any-work-account", loginHint: mail };
  if (!personalDirectories.includes(tenant)) return { is: "tenant", tenant, via: "e-mail", loginHint: mail };
  const reason = `${mail} is a personal Microsoft account. If it is a guest in a company's directory, enter the name of the organization instead; an organization without a directory is connected with a personal access token.`;
  return { is: "not-found", reason };
}

async function directoryOf(about: AskEntra, name: string): Promise<string | undefined> {
  try {
    return (await readDirectory(about, name)).tenant;
  } catch (error) {
    if (error instanceof RemoteError && error.details.problem === "wrong-directory") return undefined;
    throw error;
  }
}

/** A name, or the address of anything in the organization, old style or new. */
function organizationIn(text: string, base: string): string | undefined {
  // The address of a stand-in.
  if (text.startsWith(`${base}/`)) return organizationIn(text.slice(base.length + 1).split(/[/?#]/)[0] ?? "", base);
  const name = "([a-z0-9](?:[a-z0-9_-]{0,62}[a-z0-9])?)";
  const patterns = [
    `^${name}$`,
    `^(?:https?://)?(?:[^@/\\s]+@)?(?:[a-z]+\\.)?dev\\.azure\\.com/${name}(?:[/?#]|$)`,
    `^(?:https?://)?(?:[^@/\\s]+@)?${name}\\.visualstudio\\.com(?:[:/?#]|$)`,
    `^git@ssh\\.dev\\.azure\\.com:v3/${name}/`,
  ];
  if (isTenantId(text)) return undefined;
  return patterns.map((pattern) => new RegExp(pattern, "i").exec(text)?.[1]).find((found) => found !== undefined);
}

/**
 * The discovery document of a directory (tenant), by its id, one of its domains, or `organizations` for any. Refuses a
 * document whose issuer is another directory, or that names addresses outside of Entra: secrets are sent there.
 */
import { RemoteError } from "#model/remote-error.ts";
import { isWire, requiredText, type Wire } from "../read-wire.ts";
import { type AskEntra, askEntra, entraOrigin } from "./ask-entra.ts";
import { entraRefused, signInFailed } from "./entra-error.ts";

export interface Directory {
  /** GUID; absent for `organizations`. */
  readonly tenant?: string;
  readonly document: Wire;
}

const guid = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";

export function isTenantId(text: string): boolean {
  return new RegExp(`^${guid}$`, "i").test(text);
}

export async function readDirectory(about: AskEntra, tenant: string): Promise<Directory> {
  if (!/^[\p{L}\d](?:[\p{L}\d.-]{0,251}[\p{L}\d])?$/u.test(tenant)) {
    throw signInFailed("wrong-directory", "This is no name of a directory.");
  }
  const path = `/${encodeURIComponent(tenant)}/v2.0/.well-known/openid-configuration`;
  const answer = await askEntra(about, `${entraOrigin}${path}`, {});
  const body = await readBody(answer);
  if (answer.status !== 200) throw entraRefused(body, "directory", answer.status);
  return checkedDirectory(body, about.addresses["login.microsoftonline.com"], tenant);
}

function checkedDirectory(document: Wire, base: string, asked: string): Directory {
  const where = "its directory document";
  for (const name of ["authorization_endpoint", "token_endpoint", "jwks_uri"]) {
    if (!requiredText(document, name, where).startsWith(`${base}/`)) throw unfit(`${name} outside of Entra`);
  }
  const issuer = requiredText(document, "issuer", where);
  const template = `${base}/{tenantid}/v2.0`;
  const isForAny = asked.toLowerCase() === "organizations";
  if (isForAny && issuer === template) return { document };
  const [, tenant] = new RegExp(`^(${guid})/v2\\.0$`, "i").exec(issuer.slice(base.length + 1)) ?? [];
  const isOther = isTenantId(asked) && tenant?.toLowerCase() !== asked.toLowerCase();
  if (isForAny || tenant === undefined || !issuer.startsWith(`${base}/`) || isOther) throw unfit("another issuer");
  return { tenant: tenant.toLowerCase(), document };
}

function unfit(what: string): RemoteError {
  return new RemoteError("unexpected", `Microsoft Entra ID described a directory with ${what}.`, { details: { what } });
}

/** Anything that is no object of JSON reads as an empty one. */
export async function readBody(answer: Response): Promise<Wire> {
  try {
    const body: unknown = await answer.json();
    return isWire(body) ? body : {};
  } catch {
    return {};
  }
}

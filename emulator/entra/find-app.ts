/** Which app a request comes from, whether the tenant lets it in, and whether its secret or certificate is one of the registration. */
import type { IncomingMessage } from "node:http";
import type { World } from "../world.ts";
import { type EntraError, type EntraFailure, entraError } from "./entra-error.ts";
import { type ProviderRequest, readCertificate } from "./tenant-provider.ts";
import type { EntraApp, TenantState } from "./tenants.ts";

export function missingParameter(name: string): EntraError {
  return entraError("invalid_request", 900144, `The request body must contain the following parameter: '${name}'.`);
}

export function findApp(world: World, tenant: TenantState | undefined, clientId: string | null | undefined): EntraApp {
  if (!clientId) throw missingParameter("client_id");
  const app = world.entra.apps.get(clientId.toLowerCase());
  const refused = tenant?.refusedApps.get(clientId.toLowerCase());
  if (!app || refused === "absent")
    throw entraError(
      "unauthorized_client",
      700016,
      `Application with identifier '${clientId}' was not found in the directory '${tenant?.name ?? "organizations"}'. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You may have sent your authentication request to the wrong tenant.`,
    );
  if (refused === "disabled")
    throw entraError("unauthorized_client", 7000112, `Application '${clientId}'(${app.displayName}) is disabled.`);
  return app;
}

export interface ClientCredential {
  readonly clientId: string | undefined;
  readonly secret?: string;
  readonly assertion?: string;
}

/** From the Authorization header or the form. */
export function readCredential(request: IncomingMessage, form: URLSearchParams): ClientCredential {
  const [, basic] = /^basic +(\S+)$/i.exec(request.headers.authorization ?? "") ?? [];
  if (basic) {
    const [id = "", secret = ""] = Buffer.from(basic, "base64").toString().split(":");
    const decode = (text: string) => decodeURIComponent(text.replaceAll("+", "%20"));
    return { clientId: decode(id), secret: decode(secret) };
  }
  const secret = form.get("client_secret");
  const assertion = form.get("client_assertion");
  const clientId = form.get("client_id") ?? (assertion ? subjectOf(assertion) : undefined);
  return { clientId, ...(secret ? { secret } : {}), ...(assertion ? { assertion } : {}) };
}

function part(assertion: string, index: 0 | 1): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(Buffer.from(assertion.split(".")[index] ?? "", "base64url").toString());
  } catch {
    throw entraError("invalid_request", 50027, "JWT token is invalid or malformed.");
  }
}

function subjectOf(assertion: string): string | undefined {
  const { sub } = part(assertion, 1);
  return typeof sub === "string" ? sub : undefined;
}

/** What the provider is to hold the client against. The signature of an assertion, and whom it names, are left to the provider. */
export function clientAuthOf(
  world: World,
  app: EntraApp,
  credential: ClientCredential,
): NonNullable<ProviderRequest["clientAuth"]> {
  if (credential.assertion !== undefined) {
    const jwks = keyOf(app, credential.assertion);
    requireValidNow(world, credential.assertion);
    return { is: "certificate", jwks };
  }
  if (credential.secret === undefined)
    throw entraError(
      "invalid_client",
      7000218,
      "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
    );
  const secret = app.secrets.find((one) => one.value === credential.secret);
  if (!secret)
    throw entraError(
      "invalid_client",
      7000215,
      `Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '${app.clientId}'.`,
    );
  if (secret.expires && secret.expires <= world.clock.now())
    throw entraError(
      "invalid_client",
      7000222,
      `The provided client secret keys for app '${app.clientId}' are expired. Visit the Azure portal to create new keys for your app: https://aka.ms/NewClientSecret, or consider using certificate credentials for added security: https://aka.ms/certCreds.`,
    );
  return { is: "secret", secret: secret.value };
}

function keyOf(app: EntraApp, assertion: string) {
  const header = part(assertion, 0);
  const named = [header["x5t#S256"], header.x5t, header.kid].find((name) => typeof name === "string");
  if (typeof named !== "string")
    throw entraError(
      "invalid_client",
      5002723,
      "Invalid JWT token. No certificate SHA-1 thumbprint, certificate SHA-256 thumbprint, nor keyId specified in token header.",
    );
  const certificate = app.certificates.map(readCertificate).find(({ names }) => names.includes(named));
  if (!certificate)
    throw entraError(
      "invalid_client",
      700027,
      `The certificate with identifier used to sign the client assertion is not registered on application. [Reason - The key was not found., Thumbprint of key used by client: '${named}', Please visit the Azure Portal and verify the keys of the application with id '${app.clientId}'.]`,
    );
  const kid = typeof header.kid === "string" ? { kid: header.kid } : {};
  return { keys: [{ ...certificate.jwk, ...kid }] };
}

/** Milliseconds that clocks may differ. */
const tolerance = 5 * 60_000;

/** On the emulator's clock: the provider knows only the machine's. */
function requireValidNow(world: World, assertion: string): void {
  const now = world.clock.now().getTime();
  const { nbf, iat, exp } = part(assertion, 1);
  const isEarly = [nbf, iat].some((time) => typeof time === "number" && time * 1000 > now + tolerance);
  const isLate = typeof exp === "number" && exp * 1000 <= now - tolerance;
  if (!isEarly && !isLate) return;
  throw entraError(
    "invalid_client",
    700024,
    "Client assertion is not within its valid time range. Current time, expiry time of assertion. Review the documentation at https://learn.microsoft.com/entra/identity-platform/certificate-credentials .",
  );
}

/** Why the provider did not take an assertion that names a registered certificate. */
export function assertionFailure(assertion: string): EntraFailure {
  const { aud } = part(assertion, 1);
  if (typeof aud === "string" && !/\/(oauth2\/v2\.0\/token|v2\.0)$/.test(aud))
    return {
      error: "invalid_client",
      code: 700023,
      text: "Client assertion audience claim does not match Realm issuer. Review the documentation at https://learn.microsoft.com/entra/identity-platform/certificate-credentials .",
    };
  return {
    error: "invalid_client",
    code: 700027,
    text: "Client assertion contains an invalid signature. [Reason - The key was found, but use of the key to verify the signature failed.]",
  };
}

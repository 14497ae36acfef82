/** The token endpoint that a virtual machine finds at 169.254.169.254, for the service principal that the world names. */
import type { IncomingMessage } from "node:http";
import type { Answer } from "../route.ts";
import type { Target } from "../server/handle-request.ts";
import type { World } from "../world.ts";
import { appClaims } from "./claims.ts";
import { findResource } from "./permissions.ts";
import { signJwt } from "./signing-key.ts";

function refusal(status: number, error: string, description: string): Answer {
  return { status, body: { error, error_description: description } };
}

/** Managed identities live for 24 hours. */
const lifetime = 24 * 3600;

export function answerManagedIdentity(world: World, target: Target, request: IncomingMessage): Answer {
  request.resume();
  if (!/^\/metadata\/identity\/oauth2\/token\/?$/i.test(target.path))
    return refusal(404, "not_found", "IMDS endpoint is not found.");
  if (request.method !== "GET") return refusal(405, "invalid_request", "The request method is not allowed.");
  // a request that was led here by somebody else would not carry it
  if (String(request.headers.metadata).toLowerCase() !== "true" || request.headers["x-forwarded-for"] !== undefined)
    return refusal(400, "bad_request_102", "Required metadata header not specified");
  if (!target.search.get("api-version"))
    return refusal(400, "invalid_request", "Required query variable 'api-version' is missing");
  const name = target.search.get("resource");
  if (!name) return refusal(400, "invalid_request", "Required query variable 'resource' is missing");
  const resource = findResource(name);
  if (!resource)
    return refusal(
      400,
      "invalid_resource",
      `AADSTS500011: The resource principal named ${name} was not found in the tenant. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant.`,
    );
  return answerIdentity(world, target.search.get("client_id"), name, resource.id);
}

function answerIdentity(world: World, asked: string | null, resource: string, audience: string): Answer {
  const { managedIdentity } = world.entra;
  const tenant = world.entra.tenants.get(managedIdentity?.tenantId ?? "");
  const app = world.entra.apps.get(managedIdentity?.clientId ?? "");
  const missing = !tenant || !app || !tenant.servicePrincipals.has(app.clientId);
  if (missing || (asked !== null && asked.toLowerCase() !== app.clientId))
    return refusal(400, "invalid_request", "Identity not found");
  const claims = appClaims(world, tenant, { app, capabilities: [] }, { audience, lifetime });
  return {
    body: {
      access_token: signJwt(claims),
      client_id: app.clientId,
      expires_in: String(lifetime),
      expires_on: String(claims.exp),
      ext_expires_in: String(lifetime),
      not_before: String(claims.nbf),
      resource,
      token_type: "Bearer",
    },
  };
}

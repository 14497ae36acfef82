/** The discovery document and the keys of a tenant, and of `organizations`, whose issuer is a template. */
import type { Answer } from "../route.ts";
import type { World } from "../world.ts";
import { publicJwk } from "./signing-key.ts";
import { loginBase } from "./tenant-provider.ts";

/** `tenant` is the id, or `organizations`. As the real one, it does not tell of PKCE, which it supports. */
export function discoveryDocument(world: World, tenant: string): Answer {
  const base = `${loginBase(world)}/${tenant}`;
  const issuer = /^[0-9a-f-]{36}$/.test(tenant) ? tenant : "{tenantid}";
  return {
    body: {
      token_endpoint: `${base}/oauth2/v2.0/token`,
      token_endpoint_auth_methods_supported: ["client_secret_post", "private_key_jwt", "client_secret_basic"],
      jwks_uri: `${base}/discovery/v2.0/keys`,
      response_modes_supported: ["query", "fragment", "form_post"],
      subject_types_supported: ["pairwise"],
      id_token_signing_alg_values_supported: ["RS256"],
      response_types_supported: ["code"],
      scopes_supported: ["openid", "profile", "email", "offline_access"],
      issuer: `${loginBase(world)}/${issuer}/v2.0`,
      request_uri_parameter_supported: false,
      authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
      http_logout_supported: true,
      frontchannel_logout_supported: true,
      end_session_endpoint: `${base}/oauth2/v2.0/logout`,
      claims_supported: [
        ...["sub", "iss", "cloud_instance_name", "cloud_instance_host_name", "cloud_graph_host_name", "msgraph_host"],
        ...["aud", "exp", "iat", "auth_time", "acr", "nonce", "preferred_username", "name", "tid", "ver", "at_hash"],
        ...["c_hash", "email"],
      ],
      tenant_region_scope: issuer === tenant ? "EU" : null,
      cloud_instance_name: "microsoftonline.com",
      cloud_graph_host_name: "graph.windows.net",
      msgraph_host: "graph.microsoft.com",
    },
  };
}

export function keySet(world: World, tenant: string): Answer {
  const issuer = /^[0-9a-f-]{36}$/.test(tenant) ? tenant : "{tenantid}";
  return { body: { keys: [{ ...publicJwk(), issuer: `${loginBase(world)}/${issuer}/v2.0` }] } };
}

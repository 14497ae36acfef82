/** How permissions for Azure DevOps are written to Entra and read back, and the claims of a token request. */
import { RemoteError } from "#model/remote-error.ts";
import { isWire } from "../read-wire.ts";

/** The application id of Azure DevOps in every directory. */
export const azureDevOps = "499b84ac-1321-427f-aa17-267ca6975798";

/** All that the app registration lists. */
export const everyPermission = `${azureDevOps}/.default`;

/** One resource per token request: `User.Read` is Microsoft Graph's, and can only be a permission of the registration. */
export function permissionsOf(scopes: readonly string[]): string {
  const ours = scopes.filter((scope) => scope.startsWith("vso.")).map((scope) => `${azureDevOps}/${scope}`);
  return ours.length === 0 || scopes.includes(".default") ? everyPermission : ours.join(" ");
}

/** `openid` and its like are no permissions for Azure DevOps. */
export function grantedScopes(scope: string | undefined): readonly string[] {
  const granted = (scope ?? "").split(" ").map((one) => one.slice(one.lastIndexOf("/") + 1));
  return granted.filter((one) => one.startsWith("vso.") || one === ".default" || one === "user_impersonation");
}

/**
 * Announces that challenges are understood (`cp1`), together with what a challenge demands. Without the announcement a
 * revoked session would go on for an hour, with it the token is refused at once and renewed with these claims.
 */
export function claimsWith(challenge: string | undefined): string {
  const demanded = challenge === undefined ? {} : parse(challenge);
  const accessToken = isWire(demanded.access_token) ? demanded.access_token : {};
  return JSON.stringify({ ...demanded, access_token: { ...accessToken, xms_cc: { values: ["cp1"] } } });
}

function parse(challenge: string) {
  try {
    const claims: unknown = JSON.parse(challenge);
    if (isWire(claims)) return claims;
  } catch {
    // Said below.
  }
  throw new RemoteError("unexpected", "Azure DevOps demanded claims that are no JSON.");
}

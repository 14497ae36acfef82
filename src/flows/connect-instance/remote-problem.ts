/** What a no of an organization means for the person who connects it: what was expected, and what to do. */
import type { RemoteError } from "#model/remote-error.ts";
import type { SignInMethod } from "#model/scopes.ts";

export function remoteProblem(name: string, error: RemoteError, method: SignInMethod): string {
  switch (error.code) {
    case "signed-out":
    case "sign-in-again":
      return refused(name, method);
    case "forbidden":
      return method === "pat"
        ? `The token belongs to somebody who may not use ${name}. Use the token of a member of the organization.`
        : `This account may not use ${name}. Somebody who administers the organization can add it under Organization settings, Users.`;
    case "not-found":
      return `There is no organization ${name}, or this ${wordOf(method)} cannot see it. Check the name: it is the first part after dev.azure.com/ in the browser's address bar.`;
    case "rate-limited":
      return `${name} asks us to wait because this account made too many requests. Try again in a few minutes.`;
    case "unavailable":
    case "timed-out":
    case "unreachable":
    case "closed":
    case "conflict":
    case "refused":
    case "unexpected":
      return `${name} could not be reached (${error.message}). Check that this server may reach dev.azure.com, then try again.`;
  }
}

function refused(name: string, method: SignInMethod): string {
  switch (method) {
    case "pat":
      return `Azure DevOps does not accept this token for ${name}: it is expired, revoked, mistyped or made for another organization. Make a new one at dev.azure.com/${name}/_usersSettings/tokens.`;
    case "entra":
      return `${name} does not accept this sign-in: the account is no member of it, or the organization belongs to another directory. Sign in once more with the name ${name}, or ask its administrator to add the account.`;
    case "service-principal":
    case "managed-identity":
      return `${name} does not accept this ${wordOf(method)}. An administrator of the organization adds it under Organization settings, Users, like a person; both must be of the same directory.`;
  }
}

function wordOf(method: SignInMethod): string {
  return { pat: "token", entra: "account", "service-principal": "service principal", "managed-identity": "identity" }[
    method
  ];
}

/** What a no of an organization means for the person who connects it: what was expected, and what to do. */
import type { Addresses } from "#azure-devops/addresses.ts";
import type { RemoteError } from "#model/remote-error.ts";
import type { SignInMethod } from "#model/scopes.ts";

export interface ProblemContext {
  readonly method: SignInMethod;
  readonly addresses: Pick<Addresses, "edition" | "dev.azure.com">;
}

export function remoteProblem(name: string, error: RemoteError, context: ProblemContext): string {
  const { method, addresses } = context;
  switch (error.code) {
    case "signed-out":
    case "sign-in-again":
      return refused(name, context);
    case "forbidden":
      return method === "pat"
        ? `The token belongs to somebody who may not use ${name}. Use the token of a member of the ${kindOf(context)}.`
        : `This account may not use ${name}. Somebody who administers the organization can add it under Organization settings, Users.`;
    case "not-found":
      return `There is no ${kindOf(context)} ${name}, or this ${wordOf(method)} cannot see it. Check the name: it is the first part after ${shown(addresses)}/ in the browser's address bar.`;
    case "rate-limited":
      return `${name} asks us to wait because this account made too many requests. Try again in a few minutes.`;
    case "unavailable":
    case "timed-out":
    case "unreachable":
    case "closed":
    case "conflict":
    case "refused":
    case "unexpected":
      return `${name} could not be reached (${error.message}). Check that this server may reach ${shown(addresses)}, then try again.`;
  }
}

/** Where people make tokens. */
export function tokenPage(addresses: ProblemContext["addresses"], name: string): string {
  return `${shown(addresses)}/${encodeURIComponent(name)}/_usersSettings/tokens`;
}

function kindOf({ addresses: { edition } }: ProblemContext): string {
  return edition === "server" ? "collection" : "organization";
}

/** As people read it in the address bar. */
function shown(addresses: ProblemContext["addresses"]): string {
  return addresses["dev.azure.com"].replace(/^https:\/\//, "");
}

function refused(name: string, context: ProblemContext): string {
  const { method, addresses } = context;
  switch (method) {
    case "pat":
      return `Azure DevOps does not accept this token for ${name}: it is expired, revoked, mistyped or made for another ${kindOf(context)}. Make a new one at ${tokenPage(addresses, name)}.`;
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

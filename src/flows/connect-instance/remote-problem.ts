/** What a no of an organization means for the person who connects it: what was expected, and what to do. */
import type { RemoteError } from "#model/remote-error.ts";

export function remoteProblem(name: string, error: RemoteError): string {
  switch (error.code) {
    case "signed-out":
    case "sign-in-again":
      return `Azure DevOps does not accept this token for ${name}: it is expired, revoked, mistyped or made for another organization. Make a new one at dev.azure.com/${name}/_usersSettings/tokens.`;
    case "forbidden":
      return `The token belongs to somebody who may not use ${name}. Use the token of a member of the organization.`;
    case "not-found":
      return `There is no organization ${name}, or this token cannot see it. Check the name: it is the first part after dev.azure.com/ in the browser's address bar.`;
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

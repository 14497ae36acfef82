/** Why facts are not known, for people: what was asked for, what was answered, and what would help. Decides no retry. */
import type { Missing } from "#azure-devops/missing-right.ts";
import { scopeTitle } from "#azure-devops/missing-right.ts";
import { type Unknown, unknown } from "#model/posture/fact.ts";
import { type FactKey, factKind } from "#model/posture/fact-key.ts";
import { RemoteError } from "#model/remote-error.ts";
import { scopes } from "#model/scopes.ts";

export function whyUnknown(key: FactKey, error: unknown): Unknown {
  const { title } = factKind(key);
  if (!(error instanceof RemoteError)) {
    return unknown("failed", `Reading ${title} went wrong: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (error.code === "forbidden") return ofRefusal(key, error);
  if (isAbsent(error)) {
    return unknown("absent", `This Azure DevOps does not answer the call for ${title}: ${error.message}`);
  }
  if (error.code === "not-found") {
    return unknown("refused", `Azure DevOps does not show this account ${withArticle(title)}: ${error.message}`);
  }
  return unknown("failed", `Reading ${title} came to no answer: ${error.message}`);
}

function ofRefusal(key: FactKey, { details, message }: RemoteError): Unknown {
  const { title, scope: usual } = factKind(key);
  const { scope = usual, right } = (details.missing ?? {}) as Missing & { readonly scope?: typeof usual };
  // A token without the scope is answered with the status of a bad one.
  const isScope = details.status === 401 || (details.missing as Missing | undefined)?.scope !== undefined;
  if (isScope && scope !== undefined) {
    const tokenTitle = titleOf(scope);
    const named = tokenTitle === scope ? `"${scope}"` : `"${tokenTitle}" (${scope})`;
    return unknown("scope", `Reading ${title} needs the scope ${named}, which the credential lacks.`);
  }
  if (isScope) return unknown("scope", `The credential lacks the scope for reading ${title}.`);
  if (right !== undefined) {
    return unknown("refused", `Reading ${title} needs the permission "${right}", which the account lacks.`);
  }
  return unknown("refused", `Azure DevOps refused to tell this account ${withArticle(title)}: ${message}`);
}

function withArticle(title: string): string {
  return title.startsWith("the ") ? title : `the ${title}`;
}

function titleOf(name: string): string {
  const scope = scopes.find((one) => one.name === name);
  return scope ? scopeTitle(scope.name) : (onlyForPosture[name] ?? name);
}

/** As the page for tokens has those that nothing else needs. */
const onlyForPosture: Readonly<Record<string, string>> = {
  "vso.securefiles_read": "Secure Files (Read)",
  "vso.tokenadministration": "Token Administration (Read & manage)",
};

/** What has no type key comes from no resource: the route, or this version of it, is not known there. */
function isAbsent({ code, details }: RemoteError): boolean {
  const { typeKey, status } = details;
  const isUnrouted = typeof typeKey !== "string" || typeKey.includes("Version");
  return (code === "not-found" && isUnrouted) || (code === "refused" && (status === 405 || isVersion(typeKey)));
}

function isVersion(typeKey: unknown): boolean {
  return typeof typeKey === "string" && typeKey.includes("Version");
}

/** Of kinds that are read after this one: they are asked of what it lists. */
export function unknownAfter(key: FactKey, before: readonly (readonly [FactKey, Unknown])[]): Unknown {
  const { title } = factKind(key);
  const [[first, { why, reason }] = [key, unknown("not-read", "")]] = before;
  return unknown(why, `Reading ${title} needs ${factKind(first).title}, of which nothing is known. ${reason}`);
}

/**
 * Finds out what a credential may do in one organization before anybody relies on it: every scope, the roles that count,
 * and what that means for each feature. A number of calls that hardly grows with the projects; nothing is changed.
 */
import type { CheckedRole, CheckedScope, Preflight, Verdict } from "#model/preflight.ts";
import { RemoteError } from "#model/remote-error.ts";
import { type ScopeName, type SignInMethod, scopes } from "#model/scopes.ts";
import { type OrganizationClient, path } from "../organization-client.ts";
import { requiredText, wireList } from "../read-wire.ts";
import { askRights, type NamedProject, type Rights } from "./ask-rights.ts";
import { askReading, askScopes, callFor } from "./ask-scopes.ts";
import { type Facts, featuresOf, verdictOf } from "./features-of.ts";
import { type Told, toldBy } from "./told.ts";

/** So many projects are looked at if the caller names none. */
const firstProjects = 200;

/**
 * Throws only if the credential is not accepted at all, or if no call got an answer; a single trouble makes one verdict
 * unknown.
 */
export async function preflight(
  client: OrganizationClient,
  options: {
    readonly projects?: readonly NamedProject[];
    /** An application differs from a person in what is listed for it. */
    readonly method?: SignInMethod;
    readonly now?: () => Date;
  } = {},
): Promise<Preflight> {
  const { now = () => new Date(), method = client.signIn === "pat" ? "pat" : "entra" } = options;
  const listed = await listSome(client);
  const projects = options.projects ?? listed.projects;
  const [reading, asked, rights] = await Promise.all([
    askReading(client),
    askScopes(client, listed.projects[0]?.id ?? projects[0]?.id),
    askRights(client, projects),
  ]);
  throwIfNothingAnswered([listed.told, reading, ...asked.values()], rights);
  const facts: Facts = { signIn: method, scopes: asked, listing: listed.told, reading, rights };
  return {
    checkedAt: now(),
    scopes: scopes.map(({ name }) => checkedScope(name, facts)),
    roles: checkedRoles(rights),
    features: featuresOf(facts),
  };
}

async function listSome(
  client: OrganizationClient,
): Promise<{ readonly told: Told; readonly projects: readonly NamedProject[] }> {
  const where = "projects";
  try {
    const query = { $top: firstProjects, stateFilter: "wellFormed" };
    const { body } = await client.request({ path: path`/_apis/projects`, query });
    const projects = wireList(body, where).map((project) => ({
      id: requiredText(project, "id", where),
      name: requiredText(project, "name", where),
    }));
    return { told: { is: "allowed" }, projects };
  } catch (error) {
    const isRefusal = error instanceof RemoteError && !["signed-out", "sign-in-again"].includes(error.code);
    if (isRefusal) return { told: toldBy(error), projects: [] };
    throw error;
  }
}

function throwIfNothingAnswered(all: readonly Told[], rights: Rights): void {
  const errors = all.flatMap((told) => (told.is === "untold" ? (told.error ?? []) : []));
  const isAnswered = all.some(({ is }) => is !== "untold") || rights.error === undefined;
  const [first] = errors;
  if (!isAnswered && first) throw first;
}

function checkedScope(scope: ScopeName, { scopes: asked, reading }: Facts): CheckedScope {
  const told = asked.get(scope) ?? { is: "untold", why: "It was not asked." };
  const verdict = verdictOf(told);
  return { scope, verdict, reason: reasonOf(scope, told, reading) };
}

function reasonOf(scope: ScopeName, told: Told, reading: Told): string {
  switch (told.is) {
    case "untold":
      return told.why;
    case "right-missing":
      return `Azure DevOps accepted the scope; what ${callFor(scope)} needs beside it is missing to the account: ${told.right}`;
    case "scope-missing":
      if (scope === "vso.code_write" && verdictOf(reading) === "granted") {
        return "Azure DevOps refused to write and allowed to read: the credential has the scope for reading only.";
      }
      return `Azure DevOps refused ${callFor(scope)}, which needs it.`;
    case "allowed":
      return `Azure DevOps accepted ${callFor(scope)}, which needs it.`;
  }
}

function checkedRoles(rights: Rights): readonly CheckedRole[] {
  const { why = "Azure DevOps did not tell." } = rights;
  const collection: CheckedRole = {
    role: "collection-administrator",
    verdict: rights.administers,
    reason: roleReason(rights.administers, "edit settings of the organization", why),
  };
  return [
    collection,
    ...rights.projects.map(({ project, administers, editsHooks }): CheckedRole => {
      // Service hooks are what the role is wanted for; who was given just them needs no more.
      if (administers !== "granted" && editsHooks === "granted") {
        const reason = "The account may edit service-hook subscriptions of the project, which is what the role is for.";
        return { role: "project-administrator", project, verdict: "granted", reason };
      }
      const reason = roleReason(administers, "edit settings of the project", why);
      return { role: "project-administrator", project, verdict: administers, reason };
    }),
  ];
}

function roleReason(verdict: Verdict, what: string, why: string): string {
  if (verdict === "unknown") return why;
  return `Azure DevOps says that the account may ${verdict === "missing" ? "not " : ""}${what}.`;
}

/** From what calls told to what will work: pure, so that every combination can be tested. */

import { factKeys, factKind } from "#model/posture/fact-key.ts";
import type { CheckedFeature, Verdict } from "#model/preflight.ts";
import { type FeatureName, type ScopeName, type SignInMethod, scopes } from "#model/scopes.ts";
import { scopeTitle } from "../missing-right.ts";
import type { ProjectRights, Rights } from "./ask-rights.ts";
import type { Told } from "./told.ts";

export interface Facts {
  readonly signIn: SignInMethod;
  readonly scopes: ReadonlyMap<ScopeName, Told>;
  /** Reading of projects. */
  readonly listing: Told;
  /** Reading of code, which a smaller scope than `vso.code_write` allows. */
  readonly reading: Told;
  readonly rights: Rights;
}

/** One thing that a feature needs. */
interface Need {
  readonly verdict: Verdict | "partly";
  /** Scope or right, as Azure DevOps' pages name it. */
  readonly title: string;
  /** What goes without it, or why nothing is known. */
  readonly note: string;
  /** Without it the feature works all the same, but not all of it. */
  readonly isExtra?: boolean;
}

export function featuresOf(facts: Facts): readonly CheckedFeature[] {
  const { signIn, rights } = facts;
  const { projects } = rights;
  const write = scopeNeed(facts, "vso.code_write");
  const reads = toldNeed(facts.reading, signIn === "pat" ? "Code (Read)" : "vso.code", "code cannot be read");
  const lists = toldNeed(facts.listing, label(signIn, "vso.project"), "projects cannot be listed");
  const inProjects = (title: string, verdictOf: (one: ProjectRights) => Verdict) =>
    projectNeed(
      rights,
      title,
      projects.map((one) => [one.project.name, verdictOf(one)]),
    );
  const reviews = inProjects("Contribute to pull requests", (one) => one.reviews);
  const hooks = inProjects("Edit subscriptions (Project Administrator)", (one) => one.editsHooks);
  const told = { ...hooks, isExtra: true };
  return [
    discover(signIn),
    combine("scan", "Repositories are listed and read.", [
      lists,
      reads,
      inProjects("Read (Git repositories)", (one) => one.readsCode),
    ]),
    combine("comment", "Findings are written on pull requests.", [write, reviews]),
    combine("status", "Pull requests get a status, which a branch policy can require.", [write, reviews]),
    combine("fix", "Fixes can be pushed to branches of their own, and proposed as pull requests.", [
      write,
      inProjects("Contribute and Create branch", (one) => one.pushes),
      reviews,
    ]),
    combine("work-items", "Work items can be opened, commented on and closed.", [rightNeed(facts, "vso.work_write")]),
    combine("hooks", "Azure DevOps tells of every push and pull request at once.", [hookScope(facts, reads), hooks]),
    combine("builds", "Completed builds are recorded as soon as they end.", [
      scopeNeed(facts, "vso.build"),
      rights.editsHooks === "granted" ? granted : told,
    ]),
    combine("permissions-report", reportWorks, [scopeNeed(facts, "vso.security_manage"), reportRole(facts)]),
    posture(facts, reads),
  ];
}

const reportWorks =
  "The report is made for the default repositories of projects, at most once a week: Azure DevOps writes an e-mail to the account each time.";

const granted: Need = { verdict: "granted", title: "", note: "" };

function discover(signIn: Facts["signIn"]): CheckedFeature {
  if (signIn === "entra") {
    const reason = "The organizations of whoever signed in are listed.";
    return { feature: "discover", works: "yes", reason, missing: [] };
  }
  const reason =
    signIn === "pat"
      ? "An access token does not list organizations; each is added by its name, with a token of its own."
      : "Azure DevOps lists no organizations for an application; each is added by its name.";
  return { feature: "discover", works: "in-part", reason, missing: [] };
}

/** Any of three scopes carries service hooks. */
function hookScope({ scopes }: Facts, reads: Need): Need {
  const others = [scopes.get("vso.build"), scopes.get("vso.work_write")].map((told) => told && verdictOf(told));
  if (reads.verdict !== "granted" && others.includes("granted")) return granted;
  return { ...reads, note: "service hooks cannot be managed" };
}

/** What each scope feeds, by the names that kinds of facts have; the report of permissions is a feature of its own. */
const kinds = factKeys.filter((key) => key !== "permissionsReport").map((key) => factKind(key));

/** Those that the check knows of, in the order of what they feed. */
const postureScopes: readonly ScopeName[] = [
  ...new Set(kinds.flatMap(({ scope }) => scopes.find(({ name }) => name === scope)?.name ?? [])),
  "vso.identity",
];

function lostWithout(scope: ScopeName): string {
  // Permissions themselves need no scope; names do.
  if (scope === "vso.identity") return "the names of some people in permissions";
  return enumerated(kinds.flatMap((kind) => (kind.scope === scope && kind.title !== hookTitle ? [kind.title] : [])));
}

const hookTitle = factKind("hooks").title;

/** Kinds whose scopes belong to nothing else that is done, so that no call asks for them before they are read. */
const untold = kinds.flatMap(({ scope, title }) =>
  scope !== undefined && !scopes.some(({ name }) => name === scope) ? [`${title} (${scope})`] : [],
);

function posture(facts: Facts, reads: Need): CheckedFeature {
  // What this Azure DevOps does not have at all is no lack of the credential.
  const known = postureScopes.filter((name) => !isAbsent(facts.scopes.get(name)));
  const needs = (known.length > 0 ? known : postureScopes).map((name): Need => {
    // Whoever may read code may read what stands around it.
    const need = name === "vso.code_write" ? reads : rightNeed(facts, name);
    return staysUnknown(need, lostWithout(name));
  });
  const all = [...needs, staysUnknown(hookScope(facts, reads), hookTitle)];
  const does = `Settings of code, pipelines and what they use, of people and of the organization are read and judged. Only reading shows whether the credential may read ${enumerated(untold)}.`;
  // Extras that are all missing leave nothing.
  const isNothing = all.every(({ verdict }) => verdict === "missing");
  return combine("posture", does, isNothing ? all.map((need) => ({ ...need, isExtra: false })) : all);
}

function staysUnknown(need: Need, lost: string): Need {
  if (need.verdict !== "missing") return { ...need, isExtra: true };
  return { ...need, note: `nobody knows ${lost}, for ${need.title} is missing`, isExtra: true };
}

function enumerated(words: readonly string[]): string {
  const last = words.at(-1) ?? "";
  return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} and ${last}`;
}

function isAbsent(told: Told | undefined): boolean {
  return told?.is === "untold" && told.error === undefined;
}

function label(signIn: Facts["signIn"], scope: ScopeName): string {
  return signIn === "pat" ? scopeTitle(scope) : scope;
}

function scopeNeed(facts: Facts, scope: ScopeName): Need {
  const told = facts.scopes.get(scope) ?? { is: "untold", why: "It was not asked." };
  return toldNeed(told, label(facts.signIn, scope), `the scope ${label(facts.signIn, scope)} is missing`);
}

/** Where the call itself shows whether the account may. */
function rightNeed(facts: Facts, scope: ScopeName): Need {
  const told = facts.scopes.get(scope);
  if (told?.is !== "right-missing") return scopeNeed(facts, scope);
  return { verdict: "missing", title: told.right, note: `the right "${told.right}" is missing` };
}

function toldNeed(told: Told, title: string, note: string): Need {
  if (told.is === "untold") return { verdict: "unknown", title, note: told.why };
  return { verdict: verdictOf(told), title, note };
}

/** Of a scope: who gets to a refusal for want of a right has it. */
export function verdictOf({ is }: Told): Verdict {
  if (is === "untold") return "unknown";
  return is === "scope-missing" ? "missing" : "granted";
}

function reportRole({ scopes, rights }: Facts): Need {
  const isRefused = scopes.get("vso.security_manage")?.is === "right-missing";
  const verdict = isRefused ? "missing" : rights.administers;
  const note = verdict === "unknown" ? (rights.why ?? "") : "only Project Collection Administrators get the report";
  return { verdict, title: "Project Collection Administrator", note };
}

/** A right in every project; it may be there in some of them. */
function projectNeed({ why }: Rights, title: string, verdicts: readonly (readonly [string, Verdict])[]): Need {
  const lacking = verdicts.filter(([, verdict]) => verdict === "missing").map(([name]) => name);
  if (verdicts.length === 0) return { verdict: "unknown", title, note: "This account sees no project." };
  if (lacking.length > 0) {
    const isEverywhere = lacking.length === verdicts.length;
    const where = isEverywhere ? "in every project" : `in ${someOf(lacking)}`;
    const need = {
      title: isEverywhere ? title : `${title} ${where}`,
      note: `the right "${title}" is missing ${where}`,
    };
    return { ...need, verdict: isEverywhere ? "missing" : "partly" };
  }
  const isUnknown = verdicts.some(([, verdict]) => verdict === "unknown");
  return { verdict: isUnknown ? "unknown" : "granted", title, note: isUnknown ? (why ?? "") : "" };
}

function someOf(names: readonly string[]): string {
  const shown = names.slice(0, 3);
  const more = names.length - shown.length;
  return more === 0 ? shown.join(", ") : `${shown.join(", ")} and ${more} more`;
}

function combine(feature: FeatureName, does: string, needs: readonly Need[]): CheckedFeature {
  const lacking = needs.filter(({ verdict }) => verdict === "missing" || verdict === "partly");
  const missing = [...new Set(lacking.map(({ title }) => title))];
  const notes = [...new Set(lacking.map(({ note }) => note))].join("; ");
  if (lacking.some(({ verdict, isExtra }) => verdict === "missing" && !isExtra)) {
    return { feature, works: "no", reason: sentence(`Does not work: ${notes}`), missing };
  }
  if (lacking.length > 0) return { feature, works: "in-part", reason: sentence(`${does} But ${notes}`), missing };
  const unknown = needs.filter(({ verdict }) => verdict === "unknown");
  if (unknown.length > 0) {
    const whys = [...new Set(unknown.map(({ note }) => note))].join(" ");
    return { feature, works: "unknown", reason: sentence(`It could not be told. ${whys}`), missing };
  }
  return { feature, works: "yes", reason: does, missing };
}

function sentence(text: string): string {
  const trimmed = text.trim();
  return /[.!?]$/.test(trimmed) ? trimmed : `${trimmed}.`;
}

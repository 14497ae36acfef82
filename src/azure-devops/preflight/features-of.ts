/** From what calls told to what will work: pure, so that every combination can be tested. */
import type { CheckedFeature, Verdict } from "#model/preflight.ts";
import type { FeatureName, ScopeName, SignInMethod } from "#model/scopes.ts";
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
    combine("permissions-report", "The report can be made; this edition makes none yet.", [
      scopeNeed(facts, "vso.security_manage"),
      reportRole(facts),
    ]),
    combine(
      "posture",
      "Settings of pipelines, pools, connections, feeds, extensions and people can be read; this edition judges none yet.",
      posture(facts),
    ),
  ];
}

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

const postureScopes = [
  "vso.project",
  "vso.build",
  "vso.identity",
  "vso.graph",
  "vso.memberentitlementmanagement",
  "vso.auditlog",
  "vso.agentpools",
  "vso.serviceendpoint",
  "vso.variablegroups_read",
  "vso.taskgroups_write",
  "vso.release",
  "vso.packaging",
  "vso.extension",
] as const satisfies readonly ScopeName[];

const lostOf: Readonly<Record<(typeof postureScopes)[number], string>> = {
  "vso.project": "general settings of pipelines",
  "vso.build": "pipelines",
  "vso.identity": "names in permissions",
  "vso.graph": "users and groups",
  "vso.memberentitlementmanagement": "who has access",
  "vso.auditlog": "the audit log",
  "vso.agentpools": "agent pools",
  "vso.serviceendpoint": "service connections",
  "vso.variablegroups_read": "variable groups",
  "vso.taskgroups_write": "task groups",
  "vso.release": "release definitions",
  "vso.packaging": "feeds",
  "vso.extension": "extensions",
};

function posture(facts: Facts): readonly Need[] {
  const all: readonly ScopeName[] = facts.signIn === "entra" ? [...postureScopes, "vso.tokens"] : postureScopes;
  // What this Azure DevOps does not have at all is no lack of the credential.
  const known = all.filter((name) => !isAbsent(facts.scopes.get(name)));
  const names = known.length > 0 ? known : all;
  const needs = names.map((name): Need => {
    const lost = name in lostOf ? lostOf[name as keyof typeof lostOf] : "access tokens that live long";
    return { ...rightNeed(facts, name), note: `${lost} cannot be read`, isExtra: true };
  });
  // Extras that are all missing leave nothing.
  return needs.every(({ verdict }) => verdict === "missing")
    ? needs.map((need) => ({ ...need, isExtra: false }))
    : needs;
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

/** Which scope a call needs, and which right a refusal names: what people must be told, beside that something was refused. */
import { RemoteError } from "#model/remote-error.ts";
import { type ScopeName, scopes } from "#model/scopes.ts";
import type { RemoteHost } from "./addresses.ts";

export interface Missing {
  readonly scope?: ScopeName;
  /** As Azure DevOps' pages for permissions name it. */
  readonly right?: string;
}

/** Families of routes; the first that fits counts. `vso.code_write` and its like stand for the smaller ones too. */
const families: readonly (readonly [RegExp, ScopeName])[] = [
  [/\/_apis\/(git|policy|hooks)\//i, "vso.code_write"],
  [/\/_apis\/build\/generalsettings/i, "vso.project"],
  [/\/_apis\/(build|pipelines)\//i, "vso.build"],
  [/\/_apis\/projects\b/i, "vso.project"],
  [/\/_apis\/wit\//i, "vso.work_write"],
  [/\/_apis\/identities\b/i, "vso.identity"],
  [/\/_apis\/graph\//i, "vso.graph"],
  [/\/_apis\/(user|group|member|serviceprincipal)entitlements/i, "vso.memberentitlementmanagement"],
  [/\/_apis\/audit\//i, "vso.auditlog"],
  [/\/_apis\/distributedtask\/variablegroups/i, "vso.variablegroups_read"],
  [/\/_apis\/distributedtask\/taskgroups/i, "vso.taskgroups_write"],
  [/\/_apis\/distributedtask\/(pools|queues|elasticpools|tasks)/i, "vso.agentpools"],
  [/\/_apis\/serviceendpoint\//i, "vso.serviceendpoint"],
  [/\/_apis\/release\//i, "vso.release"],
  [/\/_apis\/packaging\//i, "vso.packaging"],
  [/\/_apis\/extensionmanagement\//i, "vso.extension"],
  [/\/_apis\/tokens\//i, "vso.tokens"],
  [/\/_apis\/permissionsreport\b/i, "vso.security_manage"],
];

export function scopeNeeded({ path }: { readonly path: string; readonly host?: RemoteHost }): ScopeName | undefined {
  return families.find(([pattern]) => pattern.test(path))?.[1];
}

/** As the page for tokens has it, with the name that Entra's pages use: `Code (Read & write)`. */
export function scopeTitle(name: ScopeName): string {
  const scope = scopes.find((one) => one.name === name);
  return scope && "onTokenPage" in scope ? scope.onTokenPage : name;
}

/** The refusal of a token whose scopes do not hold `scope`. */
export function missingScope({ details }: RemoteError, scope: ScopeName | undefined): RemoteError {
  if (scope === undefined) return new RemoteError("forbidden", "The credential lacks the scope for this.", { details });
  const message = `The credential lacks the scope "${scopeTitle(scope)}" (${scope}).`;
  const missing: Missing = { scope };
  return new RemoteError("forbidden", message, { details: { ...details, missing } });
}

const gitRights: Readonly<Record<string, string>> = {
  GenericRead: "Read",
  GenericContribute: "Contribute",
  ForcePush: "Force push (rewrite history, delete branches and tags)",
  CreateBranch: "Create branch",
  CreateTag: "Create tag",
  CreateRepository: "Create repository",
  DeleteRepository: "Delete or disable repository",
  RenameRepository: "Rename repository",
  EditPolicies: "Edit policies",
  ManagePermissions: "Manage permissions",
  PolicyExempt: "Bypass policies when pushing",
  PullRequestContribute: "Contribute to pull requests",
  PullRequestBypassPolicy: "Bypass policies when completing pull requests",
};

/** From the text of a refusal: names of namespaces and Git permissions are not translated, sentences are. */
export function rightNamed(message: string): string | undefined {
  if (message.includes("PublisherSecurity")) {
    if (/view subscription/i.test(message)) return "View subscriptions";
    return /delete subscription/i.test(message) ? "Delete subscriptions" : "Edit subscriptions";
  }
  const git = /TF401027\b[^']*'([^']{1,60})'/.exec(message)?.[1];
  if (git !== undefined) return gitRights[git] ?? git;
  return /needs the following permission\(s\) on the resource .{1,300} to perform this action: ([^\r\n]{1,120})/s
    .exec(message)?.[1]
    ?.trim();
}

/** Events of the audit log that take a protection away, or may have: what each says, and how much it matters by itself. */
import { policyTypes } from "#model/posture/code-facts.ts";
import type { AuditEventFact } from "#model/posture/organization-settings.ts";
import type { Severity } from "#model/severity.ts";

export interface Weakening {
  readonly severity: Severity;
  /** As the end of a sentence that begins with who did it. */
  readonly says: string;
  /** Why it is not as bad as the rule says. */
  readonly because?: string;
  /** Somebody may do this to do something, and put it back: it is worse where they did. */
  readonly isStep: boolean;
}

type Data = AuditEventFact["data"];

/** Undefined: no protection is less than before. */
export function weakeningOf({ action, data }: AuditEventFact): Weakening | undefined {
  return Object.hasOwn(readers, action) ? readers[action]?.(data) : undefined;
}

const readers: Readonly<Record<string, (data: Data) => Weakening | undefined>> = {
  "Policy.PolicyConfigRemoved": (data) =>
    step("high", `removed the policy ${textOf(data, "PolicyTypeDisplayName") ?? "of a branch"}${branchOf(data)}`),
  "Policy.PolicyConfigModified": (data) =>
    changed(`changed the policy ${textOf(data, "PolicyTypeDisplayName") ?? "of a branch"}${branchOf(data)}`),
  "CheckConfiguration.Deleted": (data) => step("high", `removed the check ${checkOf(data)}`),
  "CheckConfiguration.Updated": (data) => changed(`changed the check ${checkOf(data)}`),
  "Git.RefUpdatePoliciesBypassed": (data) =>
    act("high", `bypassed the policies of ${textOf(data, "FriendlyName", "Name") ?? "a branch"}${inRepository(data)}`),
  "Pipelines.ResourceAuthorizedForProject": (data) =>
    step(
      "high",
      `opened ${textOf(data, "ResourceType") ?? "a resource"} ${textOf(data, "ResourceName", "ResourceId") ?? ""} to all pipelines`,
    ),
  "Security.ModifyPermission": permission,
  "Security.ModifyAccessControlLists": permission,
  "Security.RemoveAllAccessControlLists": () => act("high", "removed all permissions of a namespace"),
  "OrganizationPolicy.PolicyValueUpdated": organizationPolicy,
  "Project.UpdateVisibilityCompleted": visibility,
  "AuditLog.StreamDisabledByUser": (data) => act("high", `switched ${streamOf(data)} off`),
  "AuditLog.StreamDisabledBySystem": (data) =>
    act("high", `switched ${streamOf(data)} off, since nothing took its events`),
  "AuditLog.StreamDeleted": (data) => act("high", `deleted ${streamOf(data)}`),
  "Pipelines.PipelineRetentionSettingChanged": retention,
};

function step(severity: Severity, says: string): Weakening {
  return { severity, says, isStep: true };
}

function act(severity: Severity, says: string): Weakening {
  return { severity, says, isStep: false };
}

/** The log does not tell in which direction. */
function changed(says: string): Weakening {
  return { severity: "medium", says, because: "whether it is weaker now the audit log does not tell", isStep: true };
}

/** By the words of Azure DevOps' pages and by its own names. */
const dangerous =
  /bypass polic|policyexempt|pullrequestbypass|force ?push|edit polic|manage permission|managepermissions|edit build|edit release|administer|createbuild|create build|delete or disable repo|editbuilddefinition|manage build/i;

function permission(data: Data): Weakening | undefined {
  const changedTo = textOf(data, "PermissionModifiedTo") ?? "";
  const name = textOf(data, "ChangedPermission") ?? "";
  if (!/allow/i.test(changedTo) || !dangerous.test(name)) return undefined;
  const whose = textOf(data, "SubjectDisplayName", "SubjectDescriptor") ?? "somebody";
  return step("high", `allowed ${whose} "${name}" (${textOf(data, "NamespaceName") ?? "permissions"})`);
}

function organizationPolicy(data: Data): Weakening | undefined {
  const name = textOf(data, "PolicyName") ?? "a policy";
  const value = textOf(data, "PolicyValue") ?? "";
  const isOn = /^(?:true|on|1|enabled|allow(?:ed)?)$/i.test(value);
  const isOff = /^(?:false|off|0|disabled|disallow(?:ed)?)$/i.test(value);
  if (!isOn && !isOff)
    return { ...act("medium", `changed ${name} to ${value}`), because: "which way is safer is not known" };
  const isAllowing =
    /(?<!dis)allow|oauth|ssh|anonymous|guest|public|external ?guest|request ?access|invite/i.test(name) &&
    !/disallow|restrict|enforce|protect|limit/i.test(name);
  if (isAllowing === isOff) return undefined;
  return act("high", `switched ${name} ${isOn ? "on" : "off"}`);
}

function visibility(data: Data): Weakening | undefined {
  const to = textOf(data, "ProjectVisibility") ?? "";
  if (!/public/i.test(to)) return undefined;
  return act("high", `made the project ${textOf(data, "ProjectName") ?? ""} public`.replace("  ", " "));
}

function retention(data: Data): Weakening | undefined {
  const [before, after] = [Number(textOf(data, "OldValue")), Number(textOf(data, "NewValue"))];
  if (!(after < before)) return undefined;
  const says = `keeps ${textOf(data, "SettingName") ?? "runs"} for ${after} days instead of ${before}`;
  return { severity: after * 2 < before ? "medium" : "low", says, because: "traces are kept less long", isStep: false };
}

function streamOf(data: Data): string {
  const name = textOf(data, "displayName", "DisplayName");
  return name === undefined ? "an audit stream" : `the audit stream ${name}`;
}

function checkOf(data: Data): string {
  const type = textOf(data, "Type") ?? "";
  return `${type} of ${textOf(data, "ResourceType") ?? "a resource"} ${textOf(data, "ResourceName", "ResourceId") ?? ""}`.trim();
}

function branchOf(data: Data): string {
  const branch = textOf(data, "RefName", "BranchName", "FriendlyName");
  return branch === undefined ? "" : ` on ${branch}`;
}

function inRepository(data: Data): string {
  const name = textOf(data, "RepoName");
  return name === undefined ? "" : ` in ${name}`;
}

export function textOf(data: Data, ...keys: readonly string[]): string | undefined {
  for (const key of keys) {
    const value = data[key];
    if (value !== undefined && value !== "") return String(value).slice(0, 200);
  }
  return undefined;
}

/**
 * Sallyport makes, changes and takes away its own gates, which are policies on a status, as people asked it to. What the same
 * account did by other means, or to other policies, is told like that of anybody.
 */
export function isOwnGate(
  { action, actor, data, userAgent }: AuditEventFact,
  ownAccountId: string | undefined,
): boolean {
  if (ownAccountId === undefined || actor.id !== ownAccountId || !action.startsWith("Policy.PolicyConfig"))
    return false;
  const type = textOf(data, "PolicyTypeId", "PolicyTypeDisplayName") ?? "";
  const isStatus = type.toLowerCase() === policyTypes.status || /^(?:require )?status(?: check)?$/i.test(type);
  return isStatus && (userAgent === undefined || /^sallyport\//i.test(userAgent));
}

/** Guards that are put back. */
export function isRestoring({ action }: AuditEventFact): boolean {
  return (
    action === "Policy.PolicyConfigCreated" ||
    action === "CheckConfiguration.Created" ||
    action === "Pipelines.ResourceUnauthorizedForProject"
  );
}

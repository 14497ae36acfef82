/** What guards a resource: the checks that are on, and which of them can stop a run that nobody looked at. */
import type { CheckFact, ResourceKind } from "#model/posture/resource-facts.ts";
import { indexed } from "./indexed.ts";

/** Those of the resource that are switched on. */
export function checksOf(checks: readonly CheckFact[], kind: ResourceKind, id: string): readonly CheckFact[] {
  const own = indexed(checks, "resource", (check) => resourceKey(check.kind, check.resourceId));
  return (own.get(resourceKey(kind, id)) ?? []).filter(({ isEnabled }) => isEnabled);
}

/** An approval, branch control or a required template: what people set up so that not every run gets through. */
export function gatesOf(checks: readonly CheckFact[], kind: ResourceKind, id: string): readonly CheckFact[] {
  return checksOf(checks, kind, id).filter(({ settings: { is } }) => gates.has(is));
}

const gates: ReadonlySet<string> = new Set(["approval", "branch-control", "required-template"]);

/** True for a gate that holds by itself: not one that lets every branch through, or waits for nobody. */
export function holds({ settings }: CheckFact): boolean {
  if (settings.is === "approval") return settings.approvers.length > 0 && !settings.requesterMayApprove;
  if (settings.is === "required-template") return settings.templates.length > 0;
  if (settings.is !== "branch-control" || settings.allowsUnknownStatus) return false;
  return settings.ensuresProtection || !allowsAnyBranch(settings.allowedBranches);
}

/** Without a list every branch may come. */
export function allowsAnyBranch(allowedBranches: readonly string[]): boolean {
  return allowedBranches.length === 0 || allowedBranches.some((pattern) => everyBranch.test(pattern.trim()));
}

const everyBranch = /^(?:\*+|refs\/\*+|refs\/heads\/\*+)$/;

/** `check 12 (approval)`, for evidence. */
export function sayCheck({ id, settings }: CheckFact): string {
  return `check ${id} (${"name" in settings ? settings.name : settings.is.replaceAll("-", " ")})`;
}

/** Azure DevOps joins the id of a repository to that of its project. */
export function resourceKey(kind: ResourceKind, id: string): string {
  return `${kind} ${(kind === "repository" ? id.slice(id.lastIndexOf(".") + 1) : id).toLowerCase()}`;
}

export function isSameId(kind: ResourceKind, a: string, b: string): boolean {
  return resourceKey(kind, a) === resourceKey(kind, b);
}

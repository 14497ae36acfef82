/**
 * Whether the checks of a resource hold up a run: of a ref that this class of people can have, started by one of them. Only what
 * stands at the server counts; a `condition:` in a file that they may edit is none.
 */
import type { PathCertainty } from "#model/posture/attack-path.ts";
import type { Evidence } from "#model/posture/posture-result.ts";
import type { CheckFact } from "#model/posture/resource-facts.ts";
import { isAdministrative } from "../facts/broad-groups.ts";
import { sayCheck } from "../facts/checks-of.ts";
import type { Membership } from "../facts/membership.ts";
import { matchesPattern } from "../facts/policies-of-branch.ts";
import type { EntryClass } from "./entry-classes.ts";
import { type Ground, proof } from "./ground.ts";
import type { GuardedResource } from "./guarded-resources.ts";

/** Where the code of a run stands. */
export interface RunRef {
  /** `new`: a branch whose name they choose; `pull`: a pull request; `named`: a branch that is there. */
  readonly is: "new" | "pull" | "named";
  /** Full name of a named one. */
  readonly name?: string;
  /** Whether policies hold there: on a new one, if they hold on every branch. Undefined: not known. */
  readonly isProtected?: boolean | undefined;
  /** Whether they can have a branch of exactly this name without anybody's leave. */
  readonly isFree: (ref: string) => boolean;
  /** The code of the run is as it stands: it extends what it always extends. */
  readonly isUnchanged?: boolean;
}

export interface CheckGuards {
  readonly hold: boolean;
  readonly certainty: PathCertainty;
  readonly guards: readonly string[];
  readonly evidence: readonly Evidence[];
}

interface GuardAnswer {
  readonly holds: boolean;
  readonly isPossible?: boolean;
  readonly says?: string;
}

export function guardsOfResource(
  ground: Ground,
  { name, kind, checks, project, url }: GuardedResource,
  { entry, ref }: { readonly entry: EntryClass; readonly ref: RunRef },
): CheckGuards {
  if (!checks) {
    const reason = project.checks.is === "unknown" ? project.checks.reason : "";
    const says = `Approvals and checks of ${name} are not known: ${reason}`;
    return { hold: false, certainty: "possible", guards: [says], evidence: [] };
  }
  const answers = checks.map((check) => answerOf(ground, check, { entry, ref }));
  const at = project.checks.is === "known" ? project.checks.at : undefined;
  const more = { ...(url === undefined ? {} : { url }), ...(at === undefined ? {} : { at }) };
  const evidence = checks.map((check) => proof(`${sayCheck(check)} of ${kind} ${name}`, { ...more, ...urlOf(check) }));
  return {
    hold: answers.some(({ holds }) => holds),
    certainty: answers.some(({ isPossible }) => isPossible) ? "possible" : "authorised",
    guards: answers.flatMap(({ says }) => (says === undefined ? [] : [says])),
    evidence: evidence.length > 0 ? evidence : [proof(`checks of ${kind} ${name}: none`, more)],
  };
}

function urlOf({ url }: CheckFact): { readonly url?: string } {
  return url === undefined ? {} : { url };
}

interface Given {
  readonly entry: EntryClass;
  readonly ref: RunRef;
}

function answerOf(ground: Ground, check: CheckFact, { entry, ref }: Given): GuardAnswer {
  const { settings } = check;
  switch (settings.is) {
    case "approval":
      return approvalAnswer(ground, settings, entry);
    case "branch-control":
      return branchAnswer(settings, ref);
    case "required-template":
      if (settings.templates.length === 0) return { holds: false, says: "The required template names none" };
      return { holds: ref.isUnchanged !== true, says: "The required template is what the pipeline extends anyway" };
    case "exclusive-lock":
    case "business-hours":
      return { holds: false, says: `${settings.name} only says when` };
    case "other":
      return { holds: false, isPossible: true, says: `Whether the check ${settings.name} stops it is not known` };
  }
}

type Approval = Extract<CheckFact["settings"], { is: "approval" }>;

/** One person has one vote: more than one approver is always somebody else. */
function approvalAnswer(ground: Ground, approval: Approval, entry: EntryClass): GuardAnswer {
  const { approvers, minimum, requesterMayApprove } = approval;
  const wanted = minimum === 0 ? approvers.length : minimum;
  if (approvers.length === 0) return { holds: false, says: "The approval names nobody who has to approve" };
  if (wanted > 1 || !requesterMayApprove) return { holds: true };
  for (const approver of approvers) {
    const says = `${bareName(approver.name)} may approve a run that they started`;
    const is = relationOf(ground, approver, entry);
    if (is === "same") return { holds: false, says: `${says}, and ${entry.name} belong to it` };
    if (is === "some") return { holds: false, says: `${says}, and is one of ${entry.name}` };
    if (is === "unknown") {
      return { holds: false, isPossible: true, says: `${says}; whether that is one of ${entry.name} is not known` };
    }
  }
  return { holds: true };
}

/** `Contributors` of `[Payments]\Contributors`. */
function bareName(name: string): string {
  return name.slice(name.lastIndexOf("\\") + 1);
}

/** `same`: the approver is a group that holds the whole class; `some`: one of the class. */
function relationOf(
  { membership }: Ground,
  { descriptor, name }: Approval["approvers"][number],
  { subjects, node }: EntryClass,
): "same" | "some" | "none" | "unknown" {
  if (node.id === "outsiders") return "none";
  if (descriptor === undefined || !membership) {
    const bare = bareName(name).toLowerCase();
    if (node.name.toLowerCase().startsWith(`${bare} of `)) return "same";
    return bare.endsWith("administrators") ? "none" : "unknown";
  }
  for (const subject of subjects) {
    if (membership.circlesOf(subject).has(descriptor)) return "same";
    if (membership.membersOf(subject).has(descriptor)) return "some";
    if (!isAdministrative(name) && haveCommon(membership, descriptor, subject)) return "some";
  }
  return subjects.length === 0 ? "unknown" : "none";
}

const commons = new WeakMap<Membership, Map<string, boolean>>();

/** A group some of whose people are among the class: each of them approves what they start. */
function haveCommon(membership: Membership, group: string, subject: string): boolean {
  const answers = commons.get(membership) ?? new Map<string, boolean>();
  commons.set(membership, answers);
  const key = `${group} ${subject}`;
  const known = answers.get(key);
  if (known !== undefined) return known;
  const ofClass = membership.membersOf(subject);
  const answer = [...membership.membersOf(group)].some((one) => membership.users.has(one) && ofClass.has(one));
  answers.set(key, answer);
  return answer;
}

type BranchControl = Extract<CheckFact["settings"], { is: "branch-control" }>;

function branchAnswer({ allowedBranches, ensuresProtection }: BranchControl, ref: RunRef): GuardAnswer {
  const patterns = allowedBranches.map((one) => one.trim()).filter((one) => one !== "");
  const shown = patterns.length === 0 ? "every branch" : patterns.slice(0, 5).join(", ");
  const admits = (name: string): boolean => patterns.length === 0 || patterns.some((one) => matchesPattern(name, one));
  if (ref.is === "named") {
    const name = ref.name ?? "";
    if (!admits(name)) return { holds: true };
    if (!ensuresProtection || ref.isProtected === true) {
      return { holds: false, says: `Branch control allows ${shown}, and ${name} is one of them` };
    }
    if (ref.isProtected === false) return { holds: true };
    return {
      holds: false,
      isPossible: true,
      says: `Branch control allows ${name} if policies hold there: that is not known`,
    };
  }
  if (ref.is === "pull") {
    return !ensuresProtection && admits("refs/pull/1/merge")
      ? { holds: false, says: `Branch control allows ${shown}: pull requests, too` }
      : { holds: true };
  }
  const isHeld = ensuresProtection && ref.isProtected !== true;
  const open = patterns.find((one) => (one.includes("*") ? reachesHeads(one) : !ensuresProtection && ref.isFree(one)));
  if (isHeld || (patterns.length > 0 && open === undefined)) return { holds: true };
  if (!ensuresProtection) {
    return {
      holds: false,
      says: `Branch control allows ${open ?? shown} and does not ask whether policies hold there`,
    };
  }
  const says = `Branch control allows ${open ?? shown} where policies hold, and they hold on every branch`;
  return { holds: false, isPossible: true, says };
}

/** Some branch that is new fits the pattern. */
function reachesHeads(pattern: string): boolean {
  const start = pattern.slice(0, pattern.indexOf("*"));
  return start.startsWith("refs/heads/") || "refs/heads/".startsWith(start);
}

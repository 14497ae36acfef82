/** A verdict in words: which policy decided, why, and what would free what is blocked. Plain text without markup. */
import type { Policy } from "#model/policy.ts";
import type { Verdict } from "#model/verdict.ts";
import { describePolicy } from "./describe-conditions.ts";

export interface VerdictInWords {
  /** One sentence. */
  readonly headline: string;
  /** Of each policy that decided, strictest first. */
  readonly reasons: readonly VerdictReason[];
  /** What a person can do; empty if nothing is held back. */
  readonly toFree: readonly string[];
}

export interface VerdictReason {
  readonly policy: string;
  readonly name: string;
  /** What it is about, one sentence. */
  readonly why: string;
}

export function explainVerdict(verdict: Verdict, policies: readonly Policy[]): VerdictInWords {
  const known = new Map(policies.map((policy) => [policy.id, policy]));
  const reasons = verdict.decidedBy.map((id): VerdictReason => {
    const policy = known.get(id);
    return { policy: id, name: policy?.name ?? id, why: whyOf(verdict, policy) };
  });
  return { headline: headlineOf(verdict, reasons), reasons, toFree: waysOut(verdict) };
}

function whyOf({ outcome }: Verdict, policy: Policy | undefined): string {
  if (policy === undefined) return "It is not in force any more.";
  if (outcome === "unfinished") {
    const { afterMinutes } = policy.unfinished;
    return `It lets nothing pass that was not scanned, and waits ${counted(afterMinutes, "minute")} for a scan.`;
  }
  return `It blocks what is ${describePolicy(policy)}.`;
}

function headlineOf({ outcome, matches }: Verdict, reasons: readonly VerdictReason[]): string {
  const names = reasons.map(({ name }) => name);
  const by = names.length > 3 ? [...names.slice(0, 2), `${names.length - 2} others`] : names;
  if (outcome === "unfinished") return `Not scanned to the end, and held back by ${joined(by)}.`;
  if (outcome === "blocked") {
    const count = matches.filter(({ actions }) => actions[0]?.action === "block").length;
    return `Blocked by ${joined(by)}: ${counted(count, "problem")}.`;
  }
  const graces = matches.flatMap(({ graceUntil }) => (graceUntil === undefined ? [] : [graceUntil])).sort();
  const [first] = graces;
  const others = matches.length - graces.length;
  const noted = others === 0 ? [] : [`${counted(others, "problem")} without a block`];
  const graced =
    first === undefined ? [] : [`${counted(graces.length, "problem")} in days of grace until ${day(first)}`];
  const rest = [...noted, ...graced];
  return rest.length === 0 ? "Passed: no policy has anything against it." : `Passed: ${rest.join(", ")}.`;
}

function waysOut({ outcome }: Verdict): readonly string[] {
  if (outcome === "unfinished") {
    return [
      "Let it be scanned again: push, or ask for a scan.",
      "Have whoever keeps the policies look why it does not end.",
    ];
  }
  if (outcome === "passed") return [];
  return [
    "Fix the problems: what is not found any more holds nothing back.",
    "Or say why one of them may stay: an exception, with a reason and an end.",
    "A policy that is wrong about this can be changed by whoever keeps the policies.",
  ];
}

function counted(count: number, what: string): string {
  return `${count.toLocaleString("en")} ${what}${count === 1 ? "" : "s"}`;
}

function joined(names: readonly string[]): string {
  return names.length < 2 ? (names[0] ?? "") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

function day(at: string): string {
  return at.slice(0, 10);
}

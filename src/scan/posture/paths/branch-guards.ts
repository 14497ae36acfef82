/**
 * Whether branch policies hold up one person alone: somebody who writes a change, opens the pull request, and may vote. A build
 * or a status is no person, and asks nobody.
 */
import type { PathCertainty } from "#model/posture/attack-path.ts";
import { type BranchPolicyFact, policyTypes } from "#model/posture/code-facts.ts";
import type { Evidence } from "#model/posture/posture-result.ts";
import { matchesPattern } from "../facts/policies-of-branch.ts";

export interface BranchGuards {
  /** True: somebody else has to agree. */
  readonly hold: boolean;
  readonly certainty: PathCertainty;
  /** Those that stand there and hold nobody up, each with why. */
  readonly guards: readonly string[];
  readonly evidence: readonly Evidence[];
}

/** Reviewers of single files are asked for by `reviewersOfFile`. */
export function guardsOfBranch(policies: readonly BranchPolicyFact[]): BranchGuards {
  const answers = policies.filter((policy) => !isForSomeFiles(policy)).map(answerOf);
  return {
    hold: answers.some(({ holds }) => holds),
    certainty: answers.some(({ isPossible }) => isPossible) ? "possible" : "authorised",
    guards: answers.map(({ says }) => says),
    evidence: answers.map(({ what }) => ({ what })),
  };
}

interface GuardAnswer {
  readonly holds: boolean;
  readonly isPossible?: boolean;
  readonly says: string;
  readonly what: string;
}

function answerOf(policy: BranchPolicyFact): GuardAnswer {
  if (policy.typeId === policyTypes.minimumReviewers) return reviewersAnswer(policy);
  if (policy.typeId === policyTypes.requiredReviewers) return requiredAnswer(policy);
  const what = `branch policy ${policy.id}: ${policy.typeName}`;
  const says =
    policy.typeId === policyTypes.build ? "builds the author's own code and asks nobody" : "asks nobody else";
  return { holds: false, says: `${policy.typeName || "The policy"} ${says}`, what };
}

function reviewersAnswer({ id, settings }: BranchPolicyFact): GuardAnswer {
  const asked = numberOf(settings.minimumApproverCount);
  const set = (name: string): boolean => settings[name] === true;
  const says = (why: string): string => `Minimum number of reviewers (${asked}) ${why}`;
  const about = (what: string): string => `branch policy ${id}: minimumApproverCount = ${asked}, ${what}`;
  if (asked === 0)
    return { holds: false, says: says("asks nobody"), what: `branch policy ${id}: minimumApproverCount = 0` };
  if (asked === 1 && set("creatorVoteCounts")) {
    return { holds: false, says: says("counts the author's own vote"), what: about("creatorVoteCounts = true") };
  }
  // The one vote is that of who takes over somebody else's pull request.
  if (asked === 1 && !set("blockLastPusherVote")) {
    const why = "lets whoever pushes last onto another's open pull request approve it";
    return { holds: false, isPossible: true, says: says(why), what: about("blockLastPusherVote = false") };
  }
  const starts = ["resetOnSourcePush", "requireVoteOnLastIteration", "requireVoteOnEachIteration"];
  if (!starts.some(set)) {
    const why = "keeps the votes when the author pushes something else after them";
    return { holds: false, isPossible: true, says: says(why), what: about("resetOnSourcePush = false") };
  }
  return { holds: true, says: says("wants somebody else"), what: about("creatorVoteCounts = false") };
}

function requiredAnswer({ id, settings }: BranchPolicyFact): GuardAnswer {
  const what = `branch policy ${id}: requiredReviewerIds, creatorVoteCounts = ${settings.creatorVoteCounts === true}`;
  if (settings.creatorVoteCounts !== true) return { holds: true, says: "Required reviewers are others", what };
  // Reviewers are named by ids that nothing else uses: whether the author is one of them stays open.
  return { holds: false, isPossible: true, says: "Required reviewers may approve their own changes", what };
}

function isForSomeFiles({ typeId, settings }: BranchPolicyFact): boolean {
  return typeId === policyTypes.requiredReviewers && patternsOf(settings).length > 0;
}

/** A policy that wants somebody else where this file is changed. */
export function reviewersOfFile(policies: readonly BranchPolicyFact[], path: string): BranchPolicyFact | undefined {
  return policies.find(
    (policy) => isForSomeFiles(policy) && covers(patternsOf(policy.settings), path) && requiredAnswer(policy).holds,
  );
}

function patternsOf({ filenamePatterns }: BranchPolicyFact["settings"]): readonly string[] {
  const list: readonly unknown[] = Array.isArray(filenamePatterns) ? filenamePatterns : [];
  return list.filter((one) => typeof one === "string").flatMap((one) => one.split(";").map((part) => part.trim()));
}

/** The last pattern that fits decides; `!` takes out. Without a folder a pattern is for every folder. */
function covers(patterns: readonly string[], path: string): boolean {
  const whole = `/${path.replace(/^\/+/, "")}`.toLowerCase();
  let isCovered = false;
  for (const pattern of patterns.slice(0, 200)) {
    const isOut = pattern.startsWith("!");
    const bare = (isOut ? pattern.slice(1) : pattern).toLowerCase();
    if (bare !== "" && (matchesPattern(whole, bare) || (!bare.startsWith("/") && matchesPattern(whole, `*/${bare}`)))) {
      isCovered = !isOut;
    }
  }
  return isCovered;
}

function numberOf(value: unknown): number {
  return typeof value === "number" ? value : 0;
}

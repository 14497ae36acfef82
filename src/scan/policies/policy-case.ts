/** Cases: what a set of policies should say about a finding that somebody describes in a few words. */

import type { Reachability } from "#model/package-finding.ts";
import type { BranchKind, Novelty, PolicyAction, PolicyTrigger } from "#model/policy.ts";
import { policyActions } from "#model/policy.ts";
import type { ScannerName } from "#model/scanner-name.ts";
import type { Severity } from "#model/severity.ts";
import type { VerdictOutcome } from "#model/verdict.ts";
import { type Form, flag, mapping, number, oneOf, someOf, text } from "./form.ts";
import { findingWords } from "./policy-form.ts";

export interface PolicyCase {
  readonly name: string;
  /** Where it is written. */
  readonly path: string;
  readonly line: number;
  readonly findings: readonly CaseFinding[];
  readonly place: CasePlace;
  /** Minutes that are waited for a scan that did not end. */
  readonly unfinishedFor?: number;
  readonly expect: CaseExpectation;
}

/** What is not said is as it usually is: new, of high severity, seen today, on no list. */
export interface CaseFinding {
  readonly scanner?: ScannerName;
  readonly rule?: string;
  readonly severity?: Severity;
  readonly path?: string;
  readonly urgency?: number;
  readonly fixAvailable?: boolean;
  readonly relation?: "direct" | "transitive";
  readonly package?: string;
  readonly development?: boolean;
  readonly knownExploited?: boolean;
  readonly exploitLikelihood?: number;
  readonly reachability?: Reachability["is"];
  readonly licenseCategory?: string;
  readonly live?: "live" | "not-live" | "unknown" | "not-asked";
  readonly inHead?: boolean;
  readonly novelty?: Novelty;
  readonly age?: number;
}

export interface CasePlace {
  /** `project/repository`. */
  readonly repository?: string;
  readonly tags?: readonly string[];
  readonly branch?: readonly BranchKind[];
  readonly trigger?: PolicyTrigger;
}

export interface CaseExpectation {
  readonly outcome: VerdictOutcome;
  /** All that follow, if it is given. */
  readonly actions?: readonly PolicyAction[];
  /** Policies that have decided, if it is given; where nothing blocks, those that ask for the actions. */
  readonly by?: readonly string[];
}

export interface WrittenCase {
  readonly name: string;
  readonly finding?: readonly CaseFinding[];
  readonly place?: CasePlace;
  readonly unfinishedFor?: number;
  readonly expect: CaseExpectation;
}

const outcomes = ["passed", "blocked", "unfinished"] as const satisfies readonly VerdictOutcome[];

const caseFinding = mapping<CaseFinding>({
  scanner: [findingWords.scanner, "Who found it. Can be left out where the rest tells it."],
  rule: [findingWords.rule, "The rule's id."],
  severity: [findingWords.severity, "Default: high."],
  path: [text(), "The path of the file."],
  urgency: [findingWords.urgency, "Its urgency, 0 to 100. Default: not scored."],
  fixAvailable: [flag, "Whether it is known how to fix it. Default: false."],
  relation: [findingWords.relation, "Of a package. Default: direct."],
  package: [text(), "A package's name."],
  development: [flag, "Whether only development needs the package. Default: false."],
  knownExploited: [flag, "Whether the vulnerability is known to be used in attacks. Default: false."],
  exploitLikelihood: [findingWords.exploitLikelihood, "EPSS, 0 to 1."],
  reachability: [findingWords.reachability, "What imports tell about the use of the package."],
  licenseCategory: [findingWords.licenseCategory, "The kind of the licence."],
  live: [findingWords.live, "What the secret's provider said. Default: not-asked."],
  inHead: [flag, "Whether the newest commit still holds the secret. Default: true."],
  novelty: [findingWords.novelty, "Default: new."],
  age: [findingWords.age, "Days since it was first seen. Default: 0."],
});

const casePlace = mapping<CasePlace>({
  repository: [text(), "project/repository."],
  tags: [someOf(text()), "The repository's tags."],
  branch: [someOf(findingWords.branch), "The kinds that the branch is of. Default: default."],
  trigger: [findingWords.trigger, "Default: pull-request."],
});

const outcome = oneOf(outcomes);
const expectation = mapping<CaseExpectation>(
  {
    outcome: [outcome, "What the verdict is."],
    actions: [someOf(oneOf(policyActions)), "All that follows, in any order."],
    by: [someOf(text()), "Ids of policies that decide."],
  },
  ["outcome"],
);

/** The outcome alone says enough for most. */
const expected: Form<CaseExpectation> = {
  schema: { anyOf: [outcome.schema, expectation.schema] },
  read(reader, node, field) {
    if (isFields(node)) return expectation.read(reader, node, field);
    const read = outcome.read(reader, node, field);
    return read === undefined ? undefined : { outcome: read };
  },
};

function isFields(node: unknown): boolean {
  return typeof node === "object" && node !== null && "items" in node;
}

export const caseForm = mapping<WrittenCase>(
  {
    name: [text({ most: 200 }), "What should be so."],
    finding: [someOf(caseFinding), "What is found."],
    place: [casePlace, "Where it is found."],
    unfinishedFor: [
      number({ least: 0, most: 100_000 }),
      "In place of a finding: the scan has not ended for so many minutes.",
    ],
    expect: [expected, "What the policies should say: the outcome, or more."],
  },
  ["name", "expect"],
);

/**
 * A rule on pipelines: words for people, what it looks at, and examples that run as tests. `Subject` is the model of one
 * kind of pipeline; a rule that needs facts which are not there says so instead of passing.
 */
import type { Rule } from "#model/rule.ts";
import type { Severity } from "#model/severity.ts";
import type { Place } from "../formats/text-file.ts";
import type { TextChange } from "../iac/fixes/text-change.ts";

/** OWASP Top 10 CI/CD Security Risks. */
export type CicdRisk =
  | "CICD-SEC-1"
  | "CICD-SEC-2"
  | "CICD-SEC-3"
  | "CICD-SEC-4"
  | "CICD-SEC-5"
  | "CICD-SEC-6"
  | "CICD-SEC-7"
  | "CICD-SEC-8"
  | "CICD-SEC-9"
  | "CICD-SEC-10";

export interface CicdRule<Subject, Facts = unknown> extends Rule {
  readonly id: `cicd/${string}`;
  readonly risks: readonly CicdRisk[];
  /** How somebody abuses it, step by step in one or two sentences. */
  readonly abuse: string;
  /** What is known beside the files may decide: it is asked again once settings are known. */
  readonly readsFacts?: true;
  readonly check: (subject: Subject, facts: Facts) => Answer;
  readonly examples: {
    readonly bad: readonly CicdExample<Facts>[];
    readonly good: readonly CicdExample<Facts>[];
  };
}

/** The text of a pipeline; files beside it by their path, and what is known beside the files. */
export type CicdExample<Facts> =
  | string
  | { readonly text: string; readonly files?: Readonly<Record<string, string>>; readonly facts?: Facts };

/** Hits, none of them for a pass; or why nothing can be said. */
export type Answer = readonly Hit[] | NotEvaluated;

export interface NotEvaluated {
  readonly is: "not-evaluated";
  /** What is missing, as a sentence. */
  readonly reason: string;
}

export interface Hit {
  /** The text that is wrong. */
  readonly at: Place;
  /** What it belongs to, independent of lines: `build/compile/script`. */
  readonly address: string;
  /** About this occurrence, as the end of a sentence; never holds a secret. */
  readonly why: string;
  /** If this occurrence is better or worse than the rule's own. */
  readonly severity?: Severity | undefined;
  /** The calls that brought the file in, the outermost last. */
  readonly includedAt?: readonly Place[] | undefined;
  /** How to write it instead, worked out only where somebody asks; it is offered once it is proven. */
  readonly edit?: (() => Edit | undefined) | undefined;
}

export interface Edit {
  /** What is done, as an order: `Set persistCredentials to false`. */
  readonly title: string;
  /** True if it cannot change behaviour beyond solving the problem. */
  readonly safe: boolean;
  readonly changes: readonly TextChange[];
}

export function notEvaluated(reason: string): NotEvaluated {
  return { is: "not-evaluated", reason };
}

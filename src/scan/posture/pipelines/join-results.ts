/**
 * What rules on code say once settings are known, where that differs from what files alone say. An answer that files give by
 * themselves is a finding of the repository's scan and not told again.
 */
import type {
  Evidence,
  PostureAnswer,
  PostureFailure,
  PostureResource,
  PostureResult,
} from "#model/posture/posture-result.ts";
import { compareSeverity, type Severity } from "#model/severity.ts";
import type { PipelineRule, PipelineSubject } from "../../cicd/azure/pipeline-rule.ts";
import type { Answer, Hit, NotEvaluated } from "../../cicd/cicd-rule.ts";
import { pipelineRules } from "../../cicd/rules.generated.ts";
import { fail, notEvaluated, pass } from "../posture-rule.ts";
import { evidenceFor, type ProvedFacts, watch } from "./facts-with-evidence.ts";
import type { PipelineCode } from "./read-code.ts";

export interface Joined {
  readonly code: PipelineCode;
  readonly resource: PostureResource;
  /** As files alone are understood, and with what settings say about variables. */
  readonly alone: PipelineSubject;
  readonly subject: PipelineSubject;
  readonly proved: ProvedFacts;
}

const joining = pipelineRules.filter(({ readsFacts }) => readsFacts);

export function joinResults(joined: Joined): readonly PostureResult[] {
  const nothing = watch({});
  const facts = watch(joined.proved.facts);
  // Every other rule says what files say, unless settings give texts another meaning.
  const rules = joined.subject === joined.alone ? joining : pipelineRules;
  return rules.flatMap((rule): readonly PostureResult[] => {
    nothing.forget();
    const before = ask(rule, joined.alone, nothing.facts);
    if (nothing.asked.size === 0 && joined.subject === joined.alone) return [];
    facts.forget();
    const after = ask(rule, joined.subject, facts.facts);
    const answer = differs(joined, { rule, before, after }, facts.asked);
    return answer ? [{ rule: rule.id, resource: joined.resource, answer }] : [];
  });
}

function ask(rule: PipelineRule, subject: PipelineSubject, facts: Parameters<PipelineRule["check"]>[1]): Answer {
  try {
    return rule.check(subject, facts);
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error);
    return { is: "not-evaluated", reason: `The rule failed (${what}); please report this.` };
  }
}

interface Compared {
  readonly rule: PipelineRule;
  readonly before: Answer;
  readonly after: Answer;
}

function differs(
  joined: Joined,
  { rule, before, after }: Compared,
  asked: ReadonlySet<string>,
): PostureAnswer | undefined {
  if (isSilent(after)) return notEvaluated(after.reason);
  const own = new Map((isSilent(before) ? [] : before).map((hit) => [keyOf(hit), severityOf(rule, hit)]));
  const other = after.filter((hit) => own.get(keyOf(hit)) !== severityOf(rule, hit));
  if (other.length > 0) return failure(joined, rule, other, asked);
  if (!isSilent(before) && (before.length === 0 || after.length > 0)) return undefined;
  const [missing] = joined.code.pipeline.expanded.unresolved;
  // What is not part of it may hold what the rule looks for.
  return missing ? notEvaluated(`The template ${missing.template} is not part of this: ${missing.reason}.`) : pass;
}

function isSilent(answer: Answer): answer is NotEvaluated {
  return "is" in answer;
}

function keyOf({ at, address }: Hit): string {
  return `${at.file.path}:${at.start}:${at.end} ${address}`;
}

function severityOf({ severity }: PipelineRule, hit: Hit): Severity {
  return hit.severity ?? severity;
}

const mostEvidence = 20;

function failure(
  { code, proved }: Joined,
  rule: PipelineRule,
  hits: readonly Hit[],
  asked: ReadonlySet<string>,
): PostureFailure {
  const worst = hits.toSorted((a, b) => compareSeverity(severityOf(rule, a), severityOf(rule, b)));
  const [first] = worst;
  const more =
    hits.length > 1 ? `; and so in ${hits.length === 2 ? "one more place" : `${hits.length - 1} more places`}` : "";
  const severity = first ? severityOf(rule, first) : rule.severity;
  const places = worst.map(({ at, address, why }) => code.evidenceOf(at, `${address}: ${why}`));
  const settings = evidenceFor(asked, proved);
  const evidence: readonly Evidence[] = [...places.slice(0, mostEvidence / 2), ...settings].slice(0, mostEvidence);
  const because = severity === rule.severity ? undefined : `${first?.why ?? ""}`;
  return fail(severity, `${first?.address ?? ""}: ${first?.why ?? ""}${more}`, {
    evidence,
    fix: rule.fix,
    ...(because !== undefined && { severityBecause: because }),
  });
}

/** Where the code was not read, none of them can say anything. */
export function unreadResults(resource: PostureResource, reason: string): readonly PostureResult[] {
  return joining.map(({ id }) => ({ rule: id, resource, answer: notEvaluated(reason) }));
}

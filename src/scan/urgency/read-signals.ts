/** What is known that makes a finding urgent: each signal as a value from 0 to 1, or missing with what is not known. */
import type { Finding } from "#model/finding.ts";
import type { Severity } from "#model/severity.ts";
import type { DueState, UrgencySignal } from "#model/urgency.ts";
import { ageSteps } from "./age-steps.ts";
import { exposureOf } from "./exposure-of.ts";
import type { Production } from "./production-of.ts";

/** One datum: how bad from 0 to 1, or missing; in words either way. */
export type Reading =
  | { readonly is: "known"; readonly value: number; readonly because: string }
  | { readonly is: "missing"; readonly because: string };

/** A signal that is not there has nothing to do with such a finding. */
export type UrgencySignals = { readonly [signal in UrgencySignal]?: Reading };

export interface UrgencySubject {
  /** As it counts: the severity is that of its rule's setting, `live` what the provider said. */
  readonly finding: Finding;
  readonly onlyInHistory: boolean;
  readonly ageDays: number;
  readonly due: DueState;
  readonly production: Production;
  /** Absent: nobody asked. */
  readonly attackPath?: OnPath | undefined;
}

/** Whether an attack path of the organization leads through it: the worst of them. */
export type OnPath =
  | { readonly is: "no" }
  | { readonly is: "unknown" }
  | { readonly is: "yes"; readonly severity: Severity; readonly target: string };

export function readSignals(subject: UrgencySubject): UrgencySignals {
  const { finding, production } = subject;
  return {
    severity: severityOf(finding),
    ...(finding.advisory && advisorySignals(finding)),
    ...((finding.advisory ?? finding.risk ?? finding.reachability) && { reachability: reachabilityOf(finding) }),
    ...fixOf(finding),
    ...(finding.rule.startsWith("secrets/") && secretSignals(subject)),
    ...(/^(?:iac|cicd)\//.test(finding.rule) && {
      exposure: exposureOf(finding) ?? missing("exposure of the resource"),
    }),
    production: production
      ? known(production.is ? 1 : 0, production.because)
      : missing("whether this branch is production: the settings of urgency say nothing about it"),
    ...(finding.risk && { "package-risk": riskOf(finding.risk) }),
    "attack-path": onPathSignal(subject.attackPath),
    age: known(ageSteps.valueOf(subject.ageDays), `known for ${countDays(subject.ageDays)}`),
    ...dueSignal(subject.due),
  };
}

export function known(value: number, because: string): Reading {
  return { is: "known", value, because };
}

function missing(what: string): Reading {
  return { is: "missing", because: `not known: ${what}` };
}

const pathValues: Readonly<Record<Severity, number>> = { critical: 1, high: 0.8, medium: 0.6, low: 0.4 };

function onPathSignal(path: OnPath = { is: "unknown" }): Reading {
  switch (path.is) {
    case "yes":
      return known(pathValues[path.severity], `on an attack path to ${path.target} (${path.severity})`);
    case "no":
      return known(0, "no attack path that is known leads through it");
    case "unknown":
      return missing("whether an attack path leads through it: settings of its organization were not looked at");
  }
}

function countDays(days: number): string {
  const whole = Math.floor(days);
  return whole < 1 ? "less than a day" : whole === 1 ? "1 day" : `${whole} days`;
}

/** The band of each severity in scores of CVSS, which never overlap, and what stands for it without a score. */
const bands: Readonly<Record<Severity, readonly [from: number, usual: number, to: number]>> = {
  critical: [9, 9.5, 10],
  high: [7, 8, 8.9],
  medium: [4, 5.5, 6.9],
  low: [0, 2.5, 3.9],
};

function severityOf({ severity, advisory }: Finding): Reading {
  const [from, usual, to] = bands[severity];
  const score = advisory?.cvss?.score;
  // People graded the rule otherwise, or the scanner knows better: then the grade counts.
  const isInBand = score !== undefined && score >= from && score <= to;
  return known((isInBand ? score : usual) / 10, isInBand ? `${severity}, CVSS ${score}` : severity);
}

function advisorySignals({ advisory }: Finding): UrgencySignals {
  const { likelihood, exploited, id = "", aliases = [] } = advisory ?? {};
  const hasCve = [id, ...aliases].some((one) => one.startsWith("CVE-"));
  const unlisted = hasCve ? "the copy of knowledge has no score for it" : "it has no CVE number";
  return {
    "exploit-likelihood": likelihood
      ? known(Math.min(1, Math.max(0, likelihood.percentile)) ** 2, sayLikelihood(likelihood))
      : missing(`EPSS; ${unlisted}`),
    "known-exploited": exploited
      ? known(1, `exploited, on CISA's list since ${exploited.added}${exploited.inRansomware ? ", in ransomware" : ""}`)
      : likelihood
        ? known(0, "not on CISA's list of exploited vulnerabilities")
        : missing(`whether it is exploited; ${unlisted}`),
  };
}

function sayLikelihood({ probability, percentile }: { readonly probability: number; readonly percentile: number }) {
  return `EPSS ${probability.toFixed(3)}, more likely than ${Math.floor(percentile * 100)} % of all`;
}

function reachabilityOf({ reachability }: Finding): Reading {
  switch (reachability?.is) {
    case "imported":
      return known(1, `imported${reachability.example === undefined ? "" : ` in ${reachability.example}`}`);
    case "imported-by-tests":
      return known(0.5, "imported by tests only");
    case "not-imported":
      return known(0.2, "no import was found, which is no proof");
    case "unknown":
    case undefined:
      return missing("whether the code imports it");
  }
}

function fixOf({ advisory, upgrade, fix, rule }: Finding): UrgencySignals {
  const said = (value: boolean, yes: string, no: string) => ({
    "fix-available": known(value ? 1 : 0, value ? yes : no),
  });
  if (advisory) {
    const to = upgrade?.to ?? advisory.fixedIn[0];
    return said(to !== undefined, `fixed in ${to}`, "no fixed version is published");
  }
  if (/^(?:iac|cicd)\//.test(rule)) return said(fix !== undefined, "an edit solves it", "no ready edit");
  return {};
}

function secretSignals({ finding: { live, origin }, onlyInHistory }: UrgencySubject): UrgencySignals {
  const elsewhere = origin?.branches.length ? "in a branch, not in the default one" : "only in the history";
  return {
    "secret-live":
      live?.verdict === "live"
        ? known(1, "its provider takes it")
        : live?.verdict === "not-live"
          ? known(0, live.isByItself === true ? live.reason : "its provider refuses it")
          : missing(live ? `whether it is live; ${live.reason}` : "whether it is live: its provider was not asked"),
    "in-head": onlyInHistory ? known(0.5, elsewhere) : known(1, "in the branch as it is now"),
  };
}

function riskOf({ score, level }: NonNullable<Finding["risk"]>): Reading {
  if (level === "unknown") return missing("the risk of the package: too little is known about it");
  return known(Math.min(100, Math.max(0, score)) / 100, `operational risk ${score} of 100`);
}

function dueSignal(due: DueState): UrgencySignals {
  switch (due) {
    case "overdue":
      return { overdue: known(1, "overdue") };
    case "approaching":
      return { overdue: known(0.5, "due soon") };
    case "on-track":
      return { overdue: known(0, "within its time") };
    case "none":
      return {};
  }
}

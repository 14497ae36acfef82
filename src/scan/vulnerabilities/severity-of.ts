/** How bad a vulnerability is, by its CVSS vectors. What is no complete vector says nothing; never a throw. */
import { createRequire } from "node:module";
import type { Severity } from "#model/severity.ts";

export interface ScoredSeverity {
  readonly severity: Severity;
  /** 0 to 10. */
  readonly score: number;
  readonly version: CvssVersion;
  /** The vector that decided, as written. */
  readonly vector: string;
}

/** The newest one decides: that is what advisories show. */
const versions = ["4.0", "3.1", "3.0", "2.0"] as const;

export type CvssVersion = (typeof versions)[number];

/** Of several vectors of one version the worst. */
export function severityOf(vectors: readonly string[]): ScoredSeverity | undefined {
  const scored = vectors.flatMap((vector) => scoreOf(vector) ?? []);
  for (const version of versions) {
    const [worst] = scored.filter((one) => one.version === version).toSorted((a, b) => b.score - a.score);
    if (worst) return worst;
  }
  return undefined;
}

const known = new Map<string, ScoredSeverity | undefined>();
const mostKept = 20_000;

/** Kept: the calculation takes milliseconds, and the same few vectors come again and again. */
function scoreOf(vector: string): ScoredSeverity | undefined {
  if (!known.has(vector)) {
    if (known.size >= mostKept) known.clear();
    known.set(vector, calculate(vector));
  }
  return known.get(vector);
}

const longest = 500;

function calculate(vector: string): ScoredSeverity | undefined {
  const version = versionOf(vector);
  if (version === undefined || vector.length > longest || saysTwice(vector)) return undefined;
  try {
    const found = calculator().fromVector(vector.trim());
    if (!found?.isBaseFullyDefined()) return undefined;
    const scores = found.calculateScores();
    // Before 4.0 temporal and environmental metrics are judgements of others: the base score is what is published.
    const score = version === "4.0" ? scores.overall : scores.base;
    return score === undefined ? undefined : { severity: severityFor(score, version), score, version, vector };
  } catch {
    // Values that a metric does not have.
    return undefined;
  }
}

function versionOf(vector: string): CvssVersion | undefined {
  const [, version] = /^\s*CVSS:(\d\.\d)\//.exec(vector) ?? [];
  if (version === undefined) return /^\s*\(?AV:[LAN]\//.test(vector) ? "2.0" : undefined;
  return versions.find((one) => one === version && one !== "2.0");
}

function saysTwice(vector: string): boolean {
  const metrics = vector.match(/[A-Za-z]+(?=:)/g) ?? [];
  return new Set(metrics).size < metrics.length;
}

/** 2.0 knows nothing worse than high. */
function severityFor(score: number, version: CvssVersion): Severity {
  if (score >= 9 && version !== "2.0") return "critical";
  return score >= 7 ? "high" : score >= 4 ? "medium" : "low";
}

type Calculator = typeof import("ae-cvss-calculator");
let loaded: Calculator | undefined;

/** Loading it takes 30 ms; most runs have nothing to score. */
function calculator(): Calculator {
  loaded ??= createRequire(import.meta.url)("ae-cvss-calculator") as Calculator;
  return loaded;
}

/**
 * What rules of the code's owner may cost in one scan. Each file has a bound of its own, and thousands of files at their bound
 * would hold a scan up for days: behind this one the rest is searched without them, which is said of each file.
 */
import type { Problem } from "#model/scan-result.ts";
import type { ScanContext } from "#scan/file-scanner.ts";
import type { BlobWords } from "./scan-pool.ts";

/** A step is about 10 ns: ten minutes of one core. Of 50,000 usual files honest rules take a hundredth of it. */
export const usualOwnRuleWork = 60_000_000_000;
/** What runs when the bound is reached still ends: little, where each file may take six seconds. */
export const filesAtOnce = 20;

export interface OwnRuleBudget {
  readonly isSpent: () => boolean;
  spend(words: readonly (BlobWords | null)[]): void;
}

export function ownRuleBudget(most: number): OwnRuleBudget {
  let left = most;
  return {
    isSpent: () => left <= 0,
    spend(words) {
      for (const one of words) for (const { result } of one?.results ?? []) left -= result.ownRuleWork ?? 0;
    },
  };
}

export function hasOwnRules({ secrets }: Pick<ScanContext, "secrets">): boolean {
  return secrets !== undefined && secrets.ruleFiles.length > 0;
}

export function withoutOwnRules(context: ScanContext): ScanContext {
  return context.secrets ? { ...context, secrets: { ...context.secrets, ruleFiles: [] } } : context;
}

/** The same, and that these rules did not look. */
export function searchedWithout(words: BlobWords, path: string): BlobWords {
  const results = words.results.map((one) =>
    one.scanner === "secrets"
      ? { ...one, result: { ...one.result, problems: [...one.result.problems, leftOut(path)] } }
      : one,
  );
  return { ...words, results };
}

function leftOut(path: string): Problem {
  return {
    scanner: "secrets",
    code: "own-rules-left",
    message:
      "Rules of your own have taken as long as they may in one scan, so this file was searched without them. " +
      "Give their patterns keywords, or bounds instead of * and +.",
    path,
  };
}

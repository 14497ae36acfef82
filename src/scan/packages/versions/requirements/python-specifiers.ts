/** PyPI: PEP 440, and Poetry's `^ ~ || *` that are none of it. */
import { satisfies, validRange } from "@renovatebot/pep440";
import { between, type Comparison, caretCount, countOfNumbers, holds, lowestIn, raised } from "./requirement.ts";

export function pythonSatisfies(version: string, requirement: string): boolean | undefined {
  const answers = alternativesOf(requirement).map((alternative) => satisfiesOne(version, alternative));
  return answers.includes(true) ? true : answers.includes(undefined) ? undefined : false;
}

export function pythonLowest(requirement: string): string | undefined {
  const found = alternativesOf(requirement).map(comparisonsOf);
  return found.includes(undefined)
    ? undefined
    : lowestIn(
        "PyPI",
        found.flatMap((one) => (one ? [one] : [])),
      );
}

/** Without the marker behind it and the brackets around it. */
function alternativesOf(requirement: string): readonly string[] {
  const [specifiers = ""] = requirement.split(";");
  return specifiers.split("||").map((alternative) =>
    alternative
      .trim()
      .replace(/^\((.*)\)$/s, "$1")
      .trim(),
  );
}

function satisfiesOne(version: string, alternative: string): boolean | undefined {
  const plain = alternative === "*" ? "" : alternative;
  try {
    if (plain === "" || validRange(plain)) return satisfies(version, plain);
    const comparisons = comparisonsOf(plain);
    return comparisons && holds("PyPI", version, [comparisons]);
  } catch {
    // A version from before PEP 440.
    return undefined;
  }
}

const specifier = /^(===|==|~=|>=|<=|!=|<|>|\^|~)?\s*v?(\d[^\s*]*?)(\.\*)?$/;

function comparisonsOf(alternative: string): readonly Comparison[] | undefined {
  const found: Comparison[] = [];
  for (const part of alternative.split(",").map((one) => one.trim())) {
    if (part === "" || part === "*") continue;
    const [, sign = "==", version, wild] = specifier.exec(part) ?? [];
    if (version === undefined) return undefined;
    found.push(...comparisonsFor(sign, version, wild !== undefined));
  }
  return found;
}

function comparisonsFor(sign: string, version: string, isWild: boolean): readonly Comparison[] {
  const count = countOfNumbers(version);
  if (sign === "^") return between(version, `${raised(version, caretCount(version))}.dev0`);
  if (sign === "~" || sign === "~=") {
    const kept = sign === "~" ? Math.min(2, count) : Math.max(1, count - 1);
    return between(version, `${raised(version, kept)}.dev0`);
  }
  if (isWild && sign === "==") return between(version, `${raised(version, count)}.dev0`);
  if (sign === "==" || sign === "===") return [{ is: "=", version }];
  return isWild ? [] : [{ is: sign as Comparison["is"], version }];
}

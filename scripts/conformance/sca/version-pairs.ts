/** Versions: `a OP b` in one file for each ecosystem. Those of operating systems are out of scope and not read. */
import { join } from "node:path";
import type { Ecosystem } from "#model/ecosystem.ts";
import { compareVersions } from "#scan/packages/versions.ts";
import { readJsonLines, readLines } from "./read-lines.ts";
import { judged, type Verdict } from "./verdict.ts";

const files: Readonly<Record<string, Ecosystem>> = {
  cran: "CRAN",
  hackage: "Hackage",
  maven: "Maven",
  nuget: "NuGet",
  packagist: "Packagist",
  pub: "Pub",
  pypi: "PyPI",
  rubygems: "RubyGems",
  semver: "npm",
};

export function versionVerdicts(folder: string): readonly Verdict[] {
  return Object.entries(files).flatMap(([name, ecosystem]) =>
    readLines(join(folder, "versions", `${name}.txt`))
      .filter((line) => !line.startsWith("#"))
      .map((line) => {
        const [a = "", operator = "", b = ""] = line.split(" ");
        return judged({ group: name, id: line, expected: operator }, () => {
          const got = signs[Math.sign(compareVersions(ecosystem, a, b)) + 1];
          const back = signs[Math.sign(-compareVersions(ecosystem, b, a)) + 1];
          return { agrees: got === operator && back === operator, got: got === back ? got : `${got}, turned ${back}` };
        });
      }),
  );
}

const signs: readonly string[] = ["<", "=", ">"];

interface Constraint {
  readonly scheme: string;
  readonly version: string;
  readonly constraint: string;
  readonly satisfied: boolean;
}

const schemes: Readonly<Record<string, Ecosystem>> = {
  maven: "Maven",
  gem: "RubyGems",
  pep440: "PyPI",
  semantic: "npm",
  golang: "Go",
  generic: "Generic",
};

/** grype's ranges: a comma is "and", `||` is "or", a version alone is "=". Our order decides; their other schemes stand apart. */
export function constraintVerdicts(folder: string): readonly Verdict[] {
  return readJsonLines<Constraint>(join(folder, "constraints.jsonl")).map(
    ({ scheme, version, constraint, satisfied }) => {
      const ecosystem = schemes[scheme];
      const apart = ecosystem === undefined ? { apart: "out of scope" } : {};
      const head = { group: scheme, id: `${version} in '${constraint}'`, expected: satisfied, ...apart };
      return judged(head, () => {
        const got = satisfiesAll(ecosystem ?? "Generic", version, constraint);
        return { agrees: got === satisfied, got };
      });
    },
  );
}

function satisfiesAll(ecosystem: Ecosystem, version: string, constraint: string): boolean {
  return constraint
    .split("||")
    .some((all) => all.split(",").every((one) => one.trim() === "" || satisfiesOne(ecosystem, version, one.trim())));
}

function satisfiesOne(ecosystem: Ecosystem, version: string, comparator: string): boolean {
  const [, operator = "", bound = ""] = /^([<>=]*)\s*(.*)$/s.exec(comparator) ?? [];
  // PEP 440: a local version is only compared with one.
  const compared = ecosystem === "PyPI" && !bound.includes("+") ? version.replace(/\+.*$/s, "") : version;
  const order = compareVersions(ecosystem, compared, bound);
  if (operator === "" || operator === "=" || operator === "==") return order === 0;
  return (operator.includes("=") && order === 0) || (operator.startsWith("<") ? order < 0 : order > 0);
}

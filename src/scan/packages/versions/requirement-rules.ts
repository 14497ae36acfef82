/** How each ecosystem writes what it asks for. Where it is not known, only the version itself is what is asked for. */
import type { Ecosystem } from "#model/ecosystem.ts";
import { orderOf } from "./order-of.ts";
import { readMavenRequirement, readNugetRequirement } from "./requirements/intervals.ts";
import {
  readComposerRequirement,
  readCranRequirement,
  readGemRequirement,
  readHexRequirement,
  readPubRequirement,
} from "./requirements/operators.ts";
import { pythonLowest, pythonSatisfies } from "./requirements/python-specifiers.ts";
import { holds, lowestIn, type RequirementReader } from "./requirements/requirement.ts";
import { cargoLowest, cargoSatisfies, npmLowest, npmSatisfies } from "./requirements/semver-ranges.ts";

interface RequirementRules {
  satisfies(version: string, requirement: string): boolean | undefined;
  lowest(requirement: string): string | undefined;
}

const npm: RequirementRules = { satisfies: npmSatisfies, lowest: npmLowest };
const gem = readBy("RubyGems", readGemRequirement);
const composer = readBy("Packagist", readComposerRequirement);

const rules: Readonly<Partial<Record<Ecosystem, RequirementRules>>> = {
  NuGet: readBy("NuGet", readNugetRequirement),
  npm,
  Deno: npm,
  PyPI: { satisfies: pythonSatisfies, lowest: pythonLowest },
  Maven: readBy("Maven", readMavenRequirement),
  "crates.io": { satisfies: cargoSatisfies, lowest: cargoLowest },
  RubyGems: gem,
  CocoaPods: gem,
  // `^1.2` begins at 1.2-dev, which nobody means by it.
  Packagist: { ...composer, lowest: (requirement) => composer.lowest(requirement)?.replace(/-dev$/, "") },
  Pub: readBy("Pub", readPubRequirement),
  Hex: readBy("Hex", readHexRequirement),
  CRAN: readBy("CRAN", readCranRequirement),
};

export function requirementRulesOf(ecosystem: Ecosystem): RequirementRules {
  return rules[ecosystem] ?? readBy(ecosystem, exactly(ecosystem));
}

function readBy(ecosystem: Ecosystem, read: RequirementReader): RequirementRules {
  return {
    satisfies: (version, requirement) => {
      const found = read(requirement);
      return found && holds(ecosystem, version, found);
    },
    lowest: (requirement) => {
      const found = read(requirement);
      return found && lowestIn(ecosystem, found);
    },
  };
}

function exactly(ecosystem: Ecosystem): RequirementReader {
  return (text) => {
    const { parse, isVersion } = orderOf(ecosystem);
    return /^[^\s<>=~^*|,]+$/.test(text) && isVersion(parse(text)) ? [[{ is: "=", version: text }]] : undefined;
  };
}

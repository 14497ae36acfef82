/** What a package says its licence is: the manifest's word first, then what is known about that version, else nothing. */
import type { Ecosystem } from "#model/ecosystem.ts";
import type { PackageFacts, PackageKnowledge } from "#model/package-facts.ts";
import type { LicenseReference } from "#model/package-finding.ts";
import { packageKey } from "#model/package-key.ts";
import type { PackageUse } from "#model/package-manifest.ts";
import { compareVersions } from "../packages/versions.ts";
import { combine, type LicenseExpression } from "./license-expression.ts";
import { parseExpression } from "./parse-expression.ts";

export interface DeclaredLicense {
  readonly from: LicenseReference["from"];
  /** Absent if there is none. */
  readonly expression?: LicenseExpression;
}

export function declaredLicense(use: PackageUse, knowledge: PackageKnowledge): DeclaredLicense {
  const own = expressionOf(use.licenses, use.ecosystem);
  if (own) return { from: use.ecosystem === "Generic" ? "text" : "manifest", expression: own };
  const facts = isFromRegistry(use) ? knowledge.factsOf(use.ecosystem, packageKey(use.ecosystem, use.name)) : undefined;
  const known = facts && expressionOf(licensesOf(facts, use), use.ecosystem);
  return known ? { from: "registry", expression: known } : { from: "none" };
}

function isFromRegistry({ source }: PackageUse): boolean {
  return source === undefined || source.is === "archive";
}

/** Licences seldom change: without the version's own word, the versions all agreeing is one. */
function licensesOf(facts: PackageFacts, { ecosystem, version }: PackageUse): readonly string[] | undefined {
  if (version !== undefined) {
    const exact = facts.versions.find((one) => one.version === version);
    const found = exact ?? facts.versions.find((one) => compareVersions(ecosystem, one.version, version) === 0);
    if (found !== undefined) return found.licenses;
  }
  const all = facts.versions.flatMap(({ licenses }) => (licenses && licenses.length > 0 ? [licenses] : []));
  const [first] = all;
  return first !== undefined && all.every((one) => one.join("\n") === first.join("\n")) ? first : undefined;
}

/** Where a list of licences means that one of them may be chosen. */
const choosing: readonly Ecosystem[] = ["npm", "Packagist", "Maven", "RubyGems", "CPAN"];

/** Says nothing beside words that say something. */
const silent = /^License :: OSI Approved$/i;

function expressionOf(texts: readonly string[] = [], ecosystem: Ecosystem): LicenseExpression | undefined {
  const means = choosing.includes(ecosystem) ? "or" : "and";
  const [only] = texts;
  // As nearly all are declared.
  if (only !== undefined && texts.length === 1) {
    const one = saysSomething(only) ? parseExpression(only) : undefined;
    return one?.is === means ? combine(means, [one]) : one;
  }
  const given = texts.slice(0, 50).filter(saysSomething);
  if (given.length === 0) return undefined;
  const telling = given.filter((text) => !silent.test(text.trim()));
  const read = (telling.length > 0 ? telling : given).map(parseExpression);
  // Python's free text repeats in prose what the classifiers beside it say.
  const known = read.filter((one) => one.is !== "unknown");
  return combine(means, ecosystem === "PyPI" && known.length > 0 ? known : read);
}

function saysSomething(text: string): boolean {
  const words = text.trim();
  return words !== "" && !/^NOASSERTION$/i.test(words);
}

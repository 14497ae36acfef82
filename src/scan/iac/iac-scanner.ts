/** Infrastructure as code: surveys files by language, reads each unit to resources and judges them by the policies. */
import type { SourceFile } from "#model/source-file.ts";
import type { ScanContext } from "../file-scanner.ts";
import type { TextFile } from "../formats/text-file.ts";
import {
  largestTreeFile,
  type Survey,
  type SurveyedFile,
  type TreeResult,
  type TreeScanner,
  type TreeUnit,
} from "../tree-scanner.ts";
import { type Catalogue, catalogueOf, joinCatalogues } from "./catalogue.ts";
import { evaluate } from "./evaluate.ts";
import type { Language } from "./language.ts";
import { languages } from "./languages.ts";
import { policies, policiesVersion } from "./policies.generated.ts";
import { policyFolder } from "./policy-folder.ts";
import { reportUnit } from "./report-unit.ts";
import { parseUserPolicies, type UserPolicies } from "./user-policies/parse-user-policies.ts";

/** The name under which surveys and units tell of them, beside the languages. */
const userPolicies = "user-policies";
const nothing: TreeResult = { findings: [], problems: [], silenced: [], evaluations: [] };

export const iacScanner: TreeScanner = iacScannerOf(catalogueOf(policies), policiesVersion);

/** The scanner over other policies than the built-in ones: those of a user, or a single one that is tried. */
export function iacScannerOf(catalogue: Catalogue, version: string): TreeScanner {
  return {
    name: "iac",
    version,
    selects: (path) => isUserPolicy(path) || languages.some((language) => language.selects(path)),
    survey,
    units,
    largestFile: ({ language: name }) => languages.find((one) => one.name === name)?.largestFile ?? largestTreeFile,
    scan: (unit, files, context) => scan(unit, files, context, catalogue),
  };
}

function survey(file: SourceFile): Survey {
  const found: Record<string, readonly string[]> = {};
  if (isUserPolicy(file.path)) found[userPolicies] = [];
  for (const language of languages) {
    if (!language.selects(file.path) || language.recognizes?.(file) === false) continue;
    found[language.name] = language.links(file);
  }
  return found;
}

/** Users' policies are part of every unit: when they change, all are judged anew. */
function units(files: readonly SurveyedFile[]): readonly TreeUnit[] {
  const policyPaths = files.flatMap(({ path, survey: { [userPolicies]: own } }) => (own ? [path] : []));
  const planned = languages.flatMap(({ name, units: plan }) => {
    const own = files.flatMap(({ path, survey: { [name]: links } }) => (links ? [{ path, links }] : []));
    return own.length === 0
      ? []
      : plan(own).map(({ root, paths }): TreeUnit => ({ language: name, root, paths: [...paths, ...policyPaths] }));
  });
  if (policyPaths.length > 0) planned.push({ language: userPolicies, root: policyFolder, paths: policyPaths });
  return planned;
}

function scan(
  { language: name, root }: TreeUnit,
  files: readonly SourceFile[],
  context: ScanContext,
  builtIn: Catalogue,
): TreeResult {
  const users = usersPoliciesIn(files);
  const language = languages.find((one): one is Language => one.name === name);
  if (!language) return { ...nothing, problems: users.problems };
  const catalogue = users.catalogue ? joinCatalogues(builtIn, users.catalogue) : builtIn;
  const own = files.filter(({ path }) => !isUserPolicy(path));
  const { resources, problems } = language.read({ root, files: own });
  const judged = evaluate(resources, catalogue);
  const result = reportUnit({ root, language, files: own, catalogue, evaluated: judged.evaluated }, context);
  return { ...result, problems: [...problems, ...judged.problems, ...result.problems] };
}

interface ReadUsersPolicies extends Pick<UserPolicies, "problems"> {
  /** Absent where there are none. */
  readonly catalogue?: Catalogue;
}

/** Of the last unit: all units of a repository have the same, and to read them takes longer than to judge most units. */
let lastRead: { readonly texts: string; readonly read: ReadUsersPolicies } | undefined;

function usersPoliciesIn(files: readonly SourceFile[]): ReadUsersPolicies {
  const own = files
    .filter(({ path }) => isUserPolicy(path))
    .map((file): TextFile => ({ path: file.path, text: file.text() ?? "" }));
  if (own.length === 0) return { problems: [] };
  const texts = JSON.stringify(own);
  if (lastRead?.texts !== texts) lastRead = { texts, read: readUsersPolicies(own) };
  return lastRead.read;
}

function readUsersPolicies(files: readonly TextFile[]): ReadUsersPolicies {
  const read = files.map(parseUserPolicies);
  const policies = read.flatMap(({ policies: own }) => own);
  return {
    problems: read.flatMap(({ problems }) => problems),
    ...(policies.length > 0 && { catalogue: catalogueOf(policies) }),
  };
}

function isUserPolicy(path: string): boolean {
  return path.startsWith(policyFolder) && /\.ya?ml$/.test(path);
}

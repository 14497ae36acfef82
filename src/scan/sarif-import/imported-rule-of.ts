/** A rule of another tool as its SARIF describes it: title, severity, what it is about. */
import { type ImportedKind, importedKinds } from "#model/imported-from.ts";
import { type Severity, severities } from "#model/severity.ts";
import { at, listAt, oneLine, textAt, textsAt } from "./loose-value.ts";

export interface DescribedRule {
  readonly id: string;
  readonly title: string;
  readonly why?: string;
  readonly fix?: string;
  readonly link?: string;
  readonly tags: readonly string[];
  readonly kind: ImportedKind;
  readonly severity: Severity | undefined;
  readonly level: string | undefined;
  readonly messages: ReadonlyMap<string, string>;
}

const titleLength = 200;
const wordsLength = 1_000;

export function describeRule(value: unknown, toolName: string): DescribedRule {
  const id = oneLine(textAt(value, "id") ?? "", titleLength);
  const name = textAt(value, "name");
  const short = textAt(value, "shortDescription", "text");
  const full = textAt(value, "fullDescription", "text");
  const why = oneLine(full ?? textAt(value, "help", "text") ?? "", wordsLength);
  const fix = oneLine(textAt(value, "help", "text") ?? "", wordsLength);
  const link = textAt(value, "helpUri");
  const tags = tagsOf(value);
  return {
    id,
    title: oneLine(short || full || name || id, titleLength).replace(/\.$/, "") || id,
    ...(why !== "" && { why }),
    ...(fix !== "" && fix !== why && { fix }),
    ...(link !== undefined && /^https?:\/\//i.test(link) && { link: link.slice(0, 500) }),
    tags,
    kind: kindOf([...tags, textAt(value, "properties", "category") ?? "", id, name ?? ""], toolName),
    severity: severityOf(value),
    level: textAt(value, "defaultConfiguration", "level") ?? textAt(value, "properties", "problem.severity"),
    messages: textsOf(value),
  };
}

function textsOf(value: unknown): ReadonlyMap<string, string> {
  const strings = at(value, "messageStrings");
  if (typeof strings !== "object" || strings === null) return new Map();
  return new Map(
    Object.entries(strings).flatMap(([name, message]) => {
      const text = textAt(message, "text");
      return text === undefined ? [] : [[name, text] as const];
    }),
  );
}

function tagsOf(value: unknown): readonly string[] {
  const tags = listAt(value, "properties", "tags").filter((tag) => typeof tag === "string");
  return tags.slice(0, 50).map((tag) => oneLine(tag, 100));
}

/** `security-severity` is a number from 0 to 10, as a text or as one; some tools say the word. */
export function severityOf(value: unknown): Severity | undefined {
  const given = at(value, "properties", "security-severity");
  const score = typeof given === "string" && given.trim() !== "" ? Number(given) : given;
  if (typeof score === "number" && score >= 0 && score <= 10) return severityOfScore(score);
  const word = textsAt(value, "properties").get("severity")?.toLowerCase();
  return severities.find((severity) => severity === word);
}

function severityOfScore(score: number): Severity {
  return score >= 9 ? "critical" : score >= 7 ? "high" : score >= 4 ? "medium" : "low";
}

export function severityOfLevel(level: string | undefined): Severity {
  return level === "error"
    ? "high"
    : level === "note" || level === "none" || level === "recommendation"
      ? "low"
      : "medium";
}

/** The first that fits: a tool that looks for secrets is trusted to find them whatever its tags say. */
const marks: readonly (readonly [ImportedKind, RegExp])[] = [
  [
    "secrets",
    /\b(?:secrets?|gitleaks|trufflehog|credentials?|api-?keys?|hard-?coded-(?:password|credential|secret)s?)\b/i,
  ],
  ["licenses", /\blicen[cs]es?\b/i],
  [
    "packages",
    /\b(?:vulnerability|vulnerabilities|CVE-\d{4}-\d+|GHSA-[a-z0-9-]+|dependency|dependencies|sca|packages?)\b/i,
  ],
  [
    "infrastructure",
    /\b(?:misconfiguration|infrastructure|iac|terraform|kubernetes|dockerfile|cloudformation|CKV[\w-]+|KICS|AVD-[\w-]+)\b/i,
  ],
  ["code", /\b(?:CWE-?\d+|security|correctness|maintainability|sast|semgrep|codeql|sonar\w*)\b|external\/cwe/i],
];

function kindOf(words: readonly string[], toolName: string): ImportedKind {
  const text = [...words, toolName].join("\n").replaceAll("_", "-");
  return marks.find(([, mark]) => mark.test(text))?.[0] ?? importedKinds[5];
}

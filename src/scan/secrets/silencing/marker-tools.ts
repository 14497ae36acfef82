/** Marks that other tools know: what somebody wrote for them once is not asked for again. What they silence is listed. */

/** Which lines a mark speaks about. */
export type MarkerReach =
  | "line"
  | "next-line"
  /** Its own line, and the next one where it stands alone. */
  | "line-or-next"
  /** From here to the mark that ends it, or to the end of the file. */
  | "start"
  | "end";

export interface FoundMark {
  readonly tool: MarkerTool;
  readonly start: number;
  readonly end: number;
  readonly reach: MarkerReach;
  /** Ids of the tool's rules, where the mark names some. */
  readonly rules: readonly string[];
  readonly reason: string;
}

interface MarkForm {
  readonly tool: MarkerTool;
  /** Without ambiguous repetition: it runs over whole files. Groups: `rules`, `reason`. */
  readonly pattern: RegExp;
  readonly reach: MarkerReach;
}

export const markerTools = [
  "gitleaks",
  "betterleaks",
  "trufflehog",
  "kingfisher",
  "detect-secrets",
  "checkov",
  "semgrep",
  "secretlint",
  "ggshield",
] as const;

export type MarkerTool = (typeof markerTools)[number];

/** Every mark of a tool holds one of its texts. */
const held: Readonly<Record<MarkerTool, readonly string[]>> = {
  gitleaks: ["leaks:allow"],
  betterleaks: ["leaks:allow"],
  trufflehog: ["trufflehog:ignore"],
  kingfisher: ["kingfisher:ignore", "kingfisher:allow"],
  "detect-secrets": ["list secret", "list-secret", "list nextline", "list-nextline"],
  checkov: ["checkov:skip"],
  semgrep: ["nosem"],
  secretlint: ["secretlint-"],
  ggshield: ["ggignore"],
};

export const heldTexts: readonly string[] = [...new Set(Object.values(held).flat())];

const forms: readonly MarkForm[] = [
  { tool: "gitleaks", pattern: /\bgitleaks:allow\b/g, reach: "line" },
  { tool: "betterleaks", pattern: /\bbetterleaks:allow\b/g, reach: "line" },
  { tool: "trufflehog", pattern: /\btrufflehog:ignore\b/g, reach: "line" },
  { tool: "kingfisher", pattern: /\bkingfisher:(?:ignore|allow)\b/g, reach: "line" },
  { tool: "detect-secrets", pattern: /\bpragma: ?(?:allow|white)list[ -]secret\b/g, reach: "line" },
  { tool: "detect-secrets", pattern: /\bpragma: ?(?:allow|white)list[ -]nextline[ -]secret\b/g, reach: "next-line" },
  {
    tool: "checkov",
    pattern: /\bcheckov:skip=(?<rules>CKV_SECRET_\d{1,3}(?:,CKV_SECRET_\d{1,3}){0,20})(?::(?<reason>[^\r\n]{0,300}))?/g,
    reach: "line-or-next",
  },
  {
    tool: "semgrep",
    pattern: /\bnosem(?:grep)?\b(?:[:=] ?(?<rules>[\w./-]{1,200}(?:, ?[\w./-]{1,200}){0,20}))?/g,
    reach: "line-or-next",
  },
  { tool: "secretlint", pattern: /\bsecretlint-disable-line\b(?<reason>[^\r\n]{0,300})/g, reach: "line" },
  { tool: "secretlint", pattern: /\bsecretlint-disable-next-line\b(?<reason>[^\r\n]{0,300})/g, reach: "next-line" },
  { tool: "secretlint", pattern: /\bsecretlint-disable\b(?!-)(?<reason>[^\r\n]{0,300})/g, reach: "start" },
  { tool: "secretlint", pattern: /\bsecretlint-enable\b/g, reach: "end" },
  { tool: "ggshield", pattern: /\bggignore\b(?!-)/g, reach: "line" },
  { tool: "ggshield", pattern: /\bggignore-start\b/g, reach: "start" },
  { tool: "ggshield", pattern: /\bggignore-end\b/g, reach: "end" },
];

const mostMarks = 2000;

/** The marks of these tools in a file's bytes read one by one, in their order. */
export function findMarks(text: string, tools: readonly MarkerTool[]): readonly FoundMark[] {
  const found = forms
    .filter(({ tool }) => tools.includes(tool))
    .flatMap((form) =>
      text
        .matchAll(form.pattern)
        .take(mostMarks)
        .map((match) => markOf(form, match))
        .toArray(),
    );
  return found.sort((a, b) => a.start - b.start);
}

/** Secretlint names its rules where others have the reason. */
const ofSecretlint = /\bsecretlint-rule-[\w-]+/g;

function markOf({ tool, reach }: MarkForm, { 0: all, index, groups = {} }: RegExpExecArray): FoundMark {
  const listed = (groups.rules ?? "").split(/, ?/).filter((rule) => rule !== "");
  const rules = tool === "secretlint" ? (groups.reason?.match(ofSecretlint) ?? []) : listed;
  const reason = Buffer.from(groups.reason ?? "", "latin1").toString("utf8");
  return { tool, start: index, end: index + all.length, reach, rules, reason: plainReason(reason) };
}

/** Without what ends the comment, and without the dashes that some tools want before a reason. */
export function plainReason(text: string): string {
  const end = text.search(/\*\/|-->/);
  return (end < 0 ? text : text.slice(0, end)).replace(/^[\s:-]*--\s/, "").trim();
}

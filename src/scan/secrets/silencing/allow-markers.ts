/**
 * What comments say about secrets: `sallyport:allow <rule>[#fingerprint] reason` beside a secret, or alone in a comment on
 * the line above it; and the marks of other tools, each with the reach that its tool gives it.
 */
import type { Finding } from "#model/finding.ts";
import type { Span } from "#model/span.ts";
import { linePositions } from "../text/line-positions.ts";
import { lineEnd, lineStart, type View } from "../text/view.ts";
import { blocks, isInComment } from "./in-comment.ts";
import { type FoundMark, findMarks, type MarkerTool, markerTools, plainReason } from "./marker-tools.ts";
import { ownMarker } from "./may-be-marked.ts";

export interface AllowMarker {
  readonly tool: "sallyport" | MarkerTool;
  /** The bytes that it speaks about: whole lines. */
  readonly from: number;
  readonly to: number;
  /** Ids as they are written, with or without `secrets/`; empty: every rule; one that is empty: none was named. */
  readonly rules: readonly string[];
  /** First digits of the fingerprint; with it a new secret on that line is still reported. */
  readonly fingerprint?: string;
  readonly reason: string;
  /** Whether a comment sign stands before it: then it is meant, and not only written about. */
  readonly isComment: boolean;
  /** The bytes of the mark itself. */
  readonly mark: { readonly start: number; readonly end: number };
  readonly at: Omit<Span, "path">;
}

const mostMarkers = 1000;
const longestLine = 1_000_000;

/** Our own marks: asked of files in which their text was found. */
export function ownMarkers(view: View): readonly AllowMarker[] {
  const { bytes } = view;
  const markers: AllowMarker[] = [];
  const linesAt = linesOf(view);
  let positionOf: ReturnType<typeof linePositions> | undefined;
  for (
    let at = bytes.indexOf(ownMarker);
    at >= 0 && markers.length < mostMarkers;
    at = bytes.indexOf(ownMarker, at + 1)
  ) {
    const text = textAfter(view, at + ownMarker.length);
    const match = /^[ \t]+([\w./-]{3,80})(?:#(\w+|(?=\s|$)))?(?:[ \t]+([^\r\n]*))?/.exec(text);
    if (match === null && /^[\w-]/.test(text)) continue;
    const [, rule = "", fingerprint, reason = ""] = match ?? [];
    positionOf ??= linePositions(view.original ?? bytes);
    const end = at + ownMarker.length;
    markers.push({
      tool: "sallyport",
      ...linesAt(at, "line-or-next"),
      // What ends a comment is no rule.
      rules: [/\w/.test(rule) ? rule : ""],
      ...(fingerprint !== undefined && { fingerprint: fingerprint.toLowerCase() }),
      reason: plainReason(reason),
      isComment: isInComment(view, { start: at, end }),
      mark: { start: at, end },
      at: positionOf(at, end),
    });
  }
  return markers;
}

const longestText = 400;

/** The rest of the line; of a long one only whole words, for half a value behind a marker could not be told for one. */
function textAfter(view: View, from: number): string {
  const end = lineEnd(view, from, longestText);
  const text = view.bytes.toString("utf8", from, end);
  return end - from < longestText ? text : text.replace(/\S*$/, "");
}

/** The marks of other tools: asked of files in which the text of some mark was found. */
export function foreignMarkers(view: View, tools: readonly MarkerTool[] = markerTools): readonly AllowMarker[] {
  const marks = tools.length === 0 ? [] : findMarks(view.bytes.toString("latin1"), tools);
  if (marks.length === 0) return [];
  const positionOf = linePositions(view.original ?? view.bytes);
  const linesAt = linesOf(view);
  const ends = endsOf(marks);
  return marks.flatMap((mark, index) => {
    if (mark.reach === "end") return [];
    const { tool, rules, start, end } = mark;
    const isComment = mark.reach === "line" || isInComment(view, mark);
    // What is only written about says nothing about other lines.
    if (!isComment && mark.reach === "next-line") return [];
    const lines =
      isComment && mark.reach === "start"
        ? { from: start, to: ends[index] ?? view.bytes.length }
        : linesAt(start, isComment && mark.reach !== "start" ? mark.reach : "line");
    const reason = mark.reason === "" ? `marked for ${tool}` : `marked for ${tool}: ${mark.reason}`;
    return [{ tool, ...lines, rules, reason, isComment, mark: { start, end }, at: positionOf(start, end) }];
  });
}

interface Lines {
  readonly from: number;
  readonly to: number;
}

/** Where the next mark of the same tool stands that ends what each begins. */
function endsOf(marks: readonly FoundMark[]): readonly (number | undefined)[] {
  const next = new Map<MarkerTool, number>();
  return marks
    .toReversed()
    .map(({ tool, reach, start }) => {
      const end = next.get(tool);
      if (reach === "end") next.set(tool, start);
      return end;
    })
    .toReversed();
}

/** The lines that a mark speaks about, in one file: thousands may stand in a line of a megabyte. */
function linesOf(view: View): (at: number, reach: "line" | "next-line" | "line-or-next") => Lines {
  const own = lineAround(view);
  const nextOne = lineAround(view);
  return (at, reach) => {
    const { from, to } = own(at);
    if (reach === "line" || (reach === "line-or-next" && !standsAlone(view, at))) return { from, to };
    const behind = afterBreak(view, to);
    // The last line has none behind it.
    return { from: reach === "next-line" ? behind : from, to: nextOne(behind).to };
  };
}

/** The last answer holds for all places of its line. */
function lineAround(view: View): (at: number) => Lines {
  let last: Lines | undefined;
  return (at) => {
    if (last === undefined || at < last.from || at > last.to)
      last = { from: lineStart(view, at, longestLine), to: lineEnd(view, at, longestLine) };
    return last;
  };
}

/** No code shares its line, be it before the comment or behind its end. */
function standsAlone(view: View, at: number): boolean {
  const before = view.bytes.toString("latin1", lineStart(view, at, longestText), at);
  if (!/^[\s#/*;<!\-'"%([{@]*(?:(?:rem|dnl) )?$/i.test(before)) return false;
  const [, close] = enclosing.find(([open]) => before.includes(open)) ?? [];
  if (close === undefined) return true;
  const behind = view.bytes.toString("latin1", at, lineEnd(view, at, longestText));
  const end = behind.indexOf(close);
  return end < 0 || !/\w/.test(behind.slice(end + close.length));
}

const enclosing = [...blocks, ["{{!", "}}"], ["<%", "%>"], ["@*", "*@"], ['"', '"'], ["'", "'"]] as const;

function afterBreak({ bytes }: View, end: number): number {
  return bytes[end] === 13 && bytes[end + 1] === 10 ? end + 2 : Math.min(bytes.length, end + 1);
}

/** With fewer it would be the fingerprint of too many. */
const leastDigits = 6;

/** The marker that silences a finding whose value covers these bytes, if any. */
export function markerFor(
  markers: readonly AllowMarker[],
  value: { readonly start: number; readonly end: number },
  finding: Pick<Finding, "rule" | "aliases" | "fingerprint">,
): AllowMarker | undefined {
  return markers.find(
    ({ from, to, tool, rules, fingerprint }) =>
      value.start <= to &&
      value.end > from &&
      (rules.length === 0 || rules.some((rule) => means(tool, rule, finding))) &&
      (fingerprint === undefined || (fingerprint.length >= leastDigits && finding.fingerprint.startsWith(fingerprint))),
  );
}

/** Its rules for one provider each, by what our own ids hold instead; the others may mean anything. */
const providersOfSecretlint = new Map([
  ["gcp", /google|gcp/],
  ["privatekey", /private-key/],
  ...["anthropic", "aws", "azure", "databricks", "docker", "figma", "github", "gitlab", "grafana"].map(plain),
  ...["linear", "mailchimp", "notion", "npm", "openai", "sendgrid", "shopify", "slack", "vercel"].map(plain),
]);

function plain(word: string): [string, RegExp] {
  return [word, new RegExp(`\\b${word}\\b`)];
}

function meansToSecretlint(named: string, rule: string): boolean {
  return providersOfSecretlint.get(named.replace("secretlint-rule-", ""))?.test(rule) ?? true;
}

/** Another tool divides secrets into rules of its own: a mark holds unless it surely means another kind. */
function means(tool: AllowMarker["tool"], rule: string, finding: Pick<Finding, "rule" | "aliases">): boolean {
  const ids = [finding.rule, finding.rule.replace(/^secrets\//, ""), ...finding.aliases];
  if (ids.includes(rule)) return true;
  if (tool === "secretlint") return meansToSecretlint(rule, finding.rule);
  if (tool === "checkov") return !finding.aliases.some((alias) => alias.startsWith("CKV_SECRET_"));
  return tool === "semgrep" && /(?:^|[./-])secrets?(?:[./-]|$)/.test(rule);
}

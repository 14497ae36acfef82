/** Takes aside what a marker in the file or a list of the owner's silences, and says which of our own markers silence nothing. */
import type { Finding } from "#model/finding.ts";
import type { Problem } from "#model/scan-result.ts";
import type { SilencedFinding } from "#model/silenced-finding.ts";
import type { FileResult } from "../../file-scanner.ts";
import { withoutValues } from "../masking/masking.ts";
import type { SecretSettings } from "../secret-settings.ts";
import { lineEnd, lineStart, type View } from "../text/view.ts";
import { type Allowlist, isAllowed } from "../user-rules/allowlist.ts";
import { userRulesOf } from "../user-rules/user-rules.ts";
import { type AllowMarker, foreignMarkers, markerFor, ownMarkers } from "./allow-markers.ts";
import { isSurelyUnused } from "./is-surely-unused.ts";

/** A finding beside the bytes of its value. */
export interface FoundPlace {
  readonly finding: Finding;
  readonly start: number;
  readonly end: number;
}

export interface ToSilence {
  readonly findings: readonly FoundPlace[];
  /** What the rule itself says is none, by this list. */
  readonly allowed: readonly (FoundPlace & { readonly list: Allowlist })[];
  readonly view: View;
  /** False if no mark stands in the file. */
  readonly mayBeMarked: boolean;
  /** Whether nothing that is to be found is left out: else nobody knows what a mark silences. */
  readonly isWhole: boolean;
  readonly path: string;
  readonly settings: SecretSettings | undefined;
  readonly problems: readonly Problem[];
}

export function withoutSilenced(given: ToSilence): FileResult {
  const { findings: all, view, mayBeMarked, isWhole, path, settings, problems } = given;
  const markers = mayBeMarked ? ownMarkers(view) : [];
  const foreign = mayBeMarked ? foreignMarkers(view, settings?.markers) : [];
  const lists = all.length === 0 || settings === undefined ? [] : userRulesOf(settings.ruleFiles).allow;
  // Somebody may have copied a value behind its marker.
  let known: readonly string[] | undefined;
  const values = () => (known ??= all.map(({ start, end }) => view.bytes.toString("utf8", start, end)));
  const budget = { left: fileBudget, isSpent: false };
  const used = new Set<AllowMarker>();
  const findings: Finding[] = [];
  const silenced: SilencedFinding[] = [];
  for (const place of all) {
    const { finding } = place;
    const marker = markerFor(markers, place, finding) ?? markerFor(foreign, place, finding);
    const list = marker === undefined ? listFor(lists, place, view, path, budget) : undefined;
    if (marker !== undefined) {
      used.add(marker);
      silenced.push({
        finding,
        reason: withoutValues(marker.reason, values()),
        by: "inline",
        at: { ...marker.at, path },
      });
    } else if (list !== undefined) silenced.push(byList(finding, list));
    else findings.push(finding);
  }
  for (const { finding, start, end, list } of given.allowed) {
    const isFound = all.some((one) => one.start < end && start < one.end);
    if (!isFound) silenced.push(byList(finding, list));
  }
  const unused = isWhole ? [...markers, ...foreign].filter((one) => !used.has(one) && isSurelyUnused(one, view)) : [];
  const told = [...(budget.isSpent ? [listsGaveUp(path)] : []), ...unused.map((one) => unusedMarker(one, path))];
  return { findings, silenced, problems: [...problems, ...told] };
}

/** Lists are short and look at one line: neither is ever used up by honest ones. */
const placeBudget = 5_000_000;
const fileBudget = 60_000_000;
const longestLine = 4000;

interface ListBudget {
  left: number;
  /** Whether something was not asked to the end. */
  isSpent: boolean;
}

// oxlint-disable-next-line max-params -- called for every finding of a file
function listFor(
  lists: readonly Allowlist[],
  { start, end }: FoundPlace,
  view: View,
  path: string,
  budget: ListBudget,
): Allowlist | undefined {
  if (lists.length === 0) return undefined;
  if (budget.left <= 0) {
    budget.isSpent = true;
    return undefined;
  }
  const secret = view.bytes.toString("utf8", start, end);
  const line = view.bytes.toString("utf8", lineStart(view, start, longestLine), lineEnd(view, end, longestLine));
  const own = { left: Math.min(placeBudget, budget.left) };
  const given = own.left;
  const found = lists.find((list) => isAllowed(list, { path, secret, match: secret, line }, own));
  budget.left -= given - own.left;
  if (found === undefined && own.left <= 0) budget.isSpent = true;
  return found;
}

function listsGaveUp(path: string): Problem {
  const message =
    "The allowlists of rule files take too long on this file and were stopped: what they would have allowed may be reported.";
  return { scanner: "secrets", code: "gave-up", message, path };
}

function byList(finding: Finding, { reason: written, at }: Allowlist): SilencedFinding {
  const reason = written === "" ? `an allowlist of ${at.path}` : `${written} (${at.path})`;
  return { finding, reason, by: "configuration", at };
}

function unusedMarker(marker: AllowMarker, path: string): Problem {
  return {
    scanner: "secrets",
    code: "unused",
    message: unusedWords(marker),
    path,
    line: marker.at.startLine,
    isNotice: true,
  };
}

function unusedWords({ tool, rules, fingerprint }: AllowMarker): string {
  if (tool !== "sallyport") return `A mark for ${tool} silences nothing: where it holds is nothing to hide. It can go.`;
  if (rules.includes("")) return "The marker sallyport:allow names no rule, and silences nothing.";
  const named = `${rules.join(", ")}${fingerprint === undefined ? "" : `#${fingerprint}`}`;
  const why =
    fingerprint === undefined ? "; it can go." : ": the secret is gone, or the fingerprint is of another key.";
  return `The marker sallyport:allow ${named} silences nothing (any more)${why}`;
}

/** Tells entries of settings and baseline that silenced nothing, and why where that is known. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Problem } from "#model/scan-result.ts";
import type { SilencedFinding } from "#model/silenced-finding.ts";
import { policyFolder } from "#scan/iac/policy-folder.ts";
import { maskWords } from "#scan/mask-reasons.ts";
import type { UserRules } from "#scan/secrets/user-rules/user-rule.ts";
import type { Applied } from "#scan/settings/apply-settings.ts";
import type { Baseline, BaselineEntry } from "#scan/settings/parse-baseline.ts";
import type { ScanOptions } from "../scan-options.ts";
import type { ScanSource } from "../sources/scan-source.ts";
import type { LoadedSettings } from "./scan-settings-files.ts";
import { unusedAllowlists } from "./unused-allowlists.ts";

export interface AppliedEntries extends Pick<Applied, "unusedAllows" | "unusedBaseline"> {
  readonly loaded: LoadedSettings;
  readonly baseline: Baseline;
  /** The name of the key of this scan. */
  readonly fingerprintKey: string;
  readonly source: Pick<ScanSource, "unusedSkips">;
  /** Whether all was scanned: what a part does not need may be needed elsewhere. */
  readonly isWhole: boolean;
  readonly options: Pick<ScanOptions, "baseline" | "scanners" | "history">;
  /** Also of what could not be read. */
  readonly problems: readonly Problem[];
  /** What the folder brings along. */
  readonly own: UserRules;
  /** By markers and by what it brings along. */
  readonly silencedAlone: readonly SilencedFinding[];
  readonly folder: string;
  /** `YYYY-MM-DD`. */
  readonly today: string;
}

export async function unusedEntries(applied: AppliedEntries): Promise<readonly Problem[]> {
  const { loaded, options, unusedBaseline } = applied;
  const foreign = foreignBaseline(applied);
  if (!applied.isWhole) return foreign;
  const isForeign = (rule: string | undefined) => foreign.length > 0 && (rule ?? "secrets/").startsWith("secrets/");
  const accepted = unusedBaseline.filter(
    ({ rule, expires, isPast }) => isJudged(applied, rule, expires) && (!isPast || options.history) && !isForeign(rule),
  );
  const entries = accepted.map(({ fingerprint, reason, expires }: BaselineEntry) => {
    const what = wordsOf(applied, expires);
    return unused(`The baseline entry ${fingerprint.slice(0, 12)} ${what}: ${maskWords(reason)}`, options.baseline);
  });
  const skips = (applied.source.unusedSkips ?? []).map((glob) =>
    unused(`The skip entry ${glob} fits no file (any more).`, loaded.file),
  );
  return [...foreign, ...(await unusedAllows(applied, loaded)), ...unusedAllowlists(applied), ...skips, ...entries];
}

/** Without it nobody would know why what they accepted is there again. */
function foreignBaseline({
  unusedBaseline,
  options,
  baseline,
  fingerprintKey: ours,
}: AppliedEntries): readonly Problem[] {
  const { fingerprintKey: theirs = ours } = baseline;
  if (theirs === ours || unusedBaseline.length === 0 || options.scanners?.includes("secrets") === false) return [];
  const message = `The baseline was made with another fingerprint key (${theirs}, here it is ${ours}): it knows no secret that is found here. Scan with the SALLYPORT_KEY that it was made with, or make it anew.`;
  return [{ ...problem("other-key", message, options.baseline), isNotice: true }];
}

async function unusedAllows(applied: AppliedEntries, { file, settings }: LoadedSettings): Promise<readonly Problem[]> {
  const { unusedAllows: all, own: brought, folder } = applied;
  const own = all.filter((one) => settings.allow.includes(one));
  if (own.length === 0) return [];
  const { unknownRules } = await import("#scan/settings/unknown-rules.ts");
  const ownRules = brought.rules.map(({ rule }) => rule);
  const hasPolicies = existsSync(join(folder, policyFolder));
  const unknown = new Map(
    (await unknownRules(own, { rules: ownRules, hasPolicies })).map(({ allow, message }) => [allow, message]),
  );
  return own.flatMap((allow) => {
    const { line, rule, until } = allow;
    const reason = maskWords(allow.reason);
    const message = unknown.get(allow);
    if (message !== undefined) {
      const told = `${message}. This allow entry silences nothing: ${reason}`;
      return { ...problem("unknown-rule", told, file), line };
    }
    if (!isJudged(applied, rule, until)) return [];
    return { ...unused(`This allow entry ${wordsOf(applied, until)}: ${reason}`, file), line };
  });
}

/** What something else would need that was not looked at is not unused. A history is one of secrets, and no file that is in no commit. */
function isJudged(applied: AppliedEntries, rule: string | undefined, end: string | undefined): boolean {
  const { options, problems } = applied;
  const { scanners, history } = options;
  if (hasEnded(applied, end)) return true;
  if (history) {
    const isRead = !problems.some(({ scanner }) => scanner === "git");
    return isRead && rule?.startsWith("secrets/") === true && scanners?.includes("secrets") !== false;
  }
  return scanners === undefined || scanners.some((name) => rule?.startsWith(`${name}/`));
}

function hasEnded({ today }: AppliedEntries, end: string | undefined): end is string {
  return end !== undefined && end < today;
}

function wordsOf(applied: AppliedEntries, end: string | undefined): string {
  if (hasEnded(applied, end)) return `ended with ${end}`;
  return applied.options.history ? "silences nothing in this history" : "silences nothing (any more)";
}

function unused(message: string, path: string | undefined): Problem {
  return { ...problem("unused", message, path), isNotice: true };
}

function problem(code: string, message: string, path: string | undefined): Problem {
  return { scanner: "scan", code, message, ...(path !== undefined && { path }) };
}

/** Tells entries of settings and baseline that silenced nothing, and why where that is known. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Allow } from "#model/allow.ts";
import type { Rule } from "#model/rule.ts";
import type { Problem } from "#model/scan-result.ts";
import { policyFolder } from "#scan/iac/policy-folder.ts";
import type { Applied } from "#scan/settings/apply-settings.ts";
import type { Baseline, BaselineEntry } from "#scan/settings/parse-baseline.ts";
import type { ScanOptions } from "./scan-options.ts";
import type { LoadedSettings } from "./scan-settings-files.ts";

export interface AppliedEntries extends Pick<Applied, "unusedAllows" | "unusedBaseline"> {
  readonly loaded: LoadedSettings;
  readonly baseline: Baseline;
  /** The name of the key of this scan. */
  readonly fingerprintKey: string;
  /** Whether all was scanned: what a part does not need may be needed elsewhere. */
  readonly isWhole: boolean;
  readonly options: Pick<ScanOptions, "baseline" | "scanners">;
  /** Rules that the folder brings along. */
  readonly ownRules: readonly Rule[];
  readonly folder: string;
  /** `YYYY-MM-DD`. */
  readonly today: string;
}

export async function unusedEntries(applied: AppliedEntries): Promise<readonly Problem[]> {
  const { loaded, options, unusedBaseline, today } = applied;
  const foreign = foreignBaseline(applied);
  if (!applied.isWhole) return foreign;
  const accepted = options.scanners === undefined ? unusedBaseline : [];
  const entries = accepted.map(({ fingerprint, reason, expires }: BaselineEntry) => {
    const what = wordsOf(expires, today);
    return unused(`The baseline entry ${fingerprint.slice(0, 12)} ${what}: ${reason}`, options.baseline);
  });
  return [...foreign, ...(await unusedAllows(applied, loaded)), ...entries];
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
  return [{ ...unused(message, options.baseline), code: "other-key", isNotice: true }];
}

async function unusedAllows(
  { unusedAllows: all, options: { scanners }, ownRules, folder, today }: AppliedEntries,
  { file, settings }: LoadedSettings,
): Promise<readonly Problem[]> {
  const own = all.filter((one) => settings.allow.includes(one));
  if (own.length === 0) return [];
  const { unknownRules } = await import("#scan/settings/unknown-rules.ts");
  const hasPolicies = existsSync(join(folder, policyFolder));
  const unknown = new Map(
    (await unknownRules(own, { rules: ownRules, hasPolicies })).map(({ allow, message }) => [allow, message]),
  );
  // What another scanner would need is not unused because that one did not run.
  const mayBeUsed = ({ rule }: Allow) =>
    scanners !== undefined && (rule === undefined || !scanners.some((name) => rule.startsWith(`${name}/`)));
  return own.flatMap((allow) => {
    const { line, reason, until } = allow;
    const message = unknown.get(allow);
    if (message !== undefined) {
      return {
        ...unused(`${message}. This allow entry silences nothing: ${reason}`, file),
        code: "unknown-rule",
        line,
      };
    }
    return mayBeUsed(allow) ? [] : { ...unused(`This allow entry ${wordsOf(until, today)}: ${reason}`, file), line };
  });
}

function wordsOf(end: string | undefined, today: string): string {
  return end !== undefined && end < today ? `ended with ${end}` : "silences nothing (any more)";
}

function unused(message: string, path: string | undefined): Problem {
  return { scanner: "scan", code: "unused", message, ...(path !== undefined && { path }) };
}

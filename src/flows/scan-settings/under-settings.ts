/** What the settings file of a repository silences is taken aside, with where it says so: people see it in the console and in pull requests. */
import type { Allow } from "#model/allow.ts";
import type { Finding } from "#model/finding.ts";
import type { Problem } from "#model/scan-result.ts";
import type { SilencedFinding } from "#model/silenced-finding.ts";
import { applySettings, testValues } from "#scan/settings/apply-settings.ts";
import type { ScanSettings } from "#scan/settings/scan-settings.ts";
import { type RepositorySettings, settingsFile } from "./read-scan-settings.ts";

export interface Found {
  readonly findings: readonly Finding[];
  readonly silenced: readonly SilencedFinding[];
  readonly problems: readonly Problem[];
}

/** Of a scan's result the findings that are left, and its problems with those of the settings. */
export function underSettings<Result extends Found>(
  result: Result,
  { settings, problems }: Pick<RepositorySettings, "settings" | "problems">,
  now: Date,
): Result {
  const applied = underAllows(result, allowsOf(settings), now);
  return problems.length === 0 ? applied : { ...applied, problems: [...problems, ...applied.problems] };
}

/** The same by what was kept of settings. */
export function underAllows<Result extends Pick<Found, "findings" | "silenced">>(
  result: Result,
  allows: readonly Allow[],
  now: Date,
): Result {
  if (allows.length === 0) return result;
  const { findings, silenced } = applySettings(result.findings, allows, [], dayOf(now), settingsFile);
  return { ...result, findings, silenced: [...result.silenced, ...silenced] };
}

/** All that settings silence at any time: each says until when. */
export function allowsOf(settings: ScanSettings): readonly Allow[] {
  return [...settings.allow, ...testValues(settings), ...skipped(settings)];
}

export function allowsInForce(settings: ScanSettings, now: Date): readonly Allow[] {
  const today = dayOf(now);
  return allowsOf(settings).filter(({ until }) => until === undefined || until >= today);
}

/** The last day on which all that the settings silence now is still silenced; undefined if nothing of it ends. */
export function endOfSettings({ allow }: ScanSettings, now: Date): string | undefined {
  const today = dayOf(now);
  return allow.flatMap(({ until }) => (until !== undefined && until >= today ? [until] : [])).toSorted()[0];
}

export function dayOf(now: Date): string {
  return now.toISOString().slice(0, 10);
}

/** The command line does not read such files. Here they are read, so that it can be shown what is in them. */
function skipped({ skip }: ScanSettings): readonly Allow[] {
  return skip.map((path) => ({ path, reason: `"skip: ${path}" in ${settingsFile}`, line: 0 }));
}

/** What fixes of findings would change, without writing or pushing anything; the rescan comes when they are made. */
import type { Hunk } from "#model/diff-of-fix.ts";
import type { FixRisk } from "#model/fix-plan.ts";
import { groupFixes } from "#scan/fixes/group-fixes.ts";
import { getFixSettings } from "#store/fixes/fix-settings.ts";
import type { App } from "../app.ts";
import { findScannableRepository } from "../repositories/find-scannable-repository.ts";
import { mirrorWith } from "../repositories/mirror-with.ts";
import type { FixWish } from "./ask-for-fix.ts";
import { hunksOfPlan } from "./hunks-of-plan.ts";
import { placeOfFix } from "./place-of-fix.ts";
import { planInMirror } from "./plan-in-mirror.ts";

export interface FixPreview {
  readonly title: string;
  readonly goal: string;
  /** Fingerprints of what it would end. */
  readonly fixes: readonly string[];
  readonly said: readonly string[];
  readonly risk?: FixRisk;
  readonly hunks: readonly Hunk[];
  /** Why nothing can be changed. */
  readonly refused?: string;
}

/** A plan reads files and takes seconds where lock files are large: more are not previewed at once. */
const mostPreviews = 5;

export async function previewFixes(
  app: App,
  wish: Omit<FixWish, "askedBy">,
): Promise<{ readonly previews: readonly FixPreview[]; readonly refused?: string }> {
  const { repositoryId, fingerprints, pullRequest, instanceId } = wish;
  const repository = await findScannableRepository(app, repositoryId);
  if (!repository) return { previews: [], refused: "This repository is not scanned at the moment." };
  const place = await placeOfFix(app.db, repository, pullRequest);
  if (place.is === "none") return { previews: [], refused: place.because };
  const { grouping } = await getFixSettings(app.db, instanceId);
  const asked = await place.findings({ fingerprints });
  const keys = new Set(groupFixes(asked, grouping).map(({ key }) => key));
  const all = groupFixes(await place.findings({ rules: asked.map(({ rule }) => rule) }), grouping);
  const targets = all.filter(({ key }) => keys.has(key)).slice(0, mostPreviews);
  const mirror = await mirrorWith(app, repositoryId, place.commit);
  if (!mirror) return { previews: [], refused: "The commit that was scanned is not there any more." };
  try {
    const previews: FixPreview[] = [];
    for (const target of targets) {
      const { title, goal } = target;
      const plan = await planInMirror(app, { repository, mirror, commit: place.commit, target });
      previews.push(
        plan.is === "refused"
          ? { title, goal, fixes: [], said: [], hunks: [], refused: plan.because }
          : { title, goal, fixes: plan.fixes, said: plan.said, risk: plan.risk, hunks: hunksOfPlan(app, plan.files) },
      );
    }
    return { previews };
  } finally {
    mirror.release();
  }
}

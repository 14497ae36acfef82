/** Chooses for each path the set of settings that asks least of people and ends most, and says what it would have met. */
import { hash } from "node:crypto";
import type { AttackPath, CutChange, PathCut, PathNode } from "#model/posture/attack-path.ts";
import { compareSeverity, type Severity } from "#model/severity.ts";
import { milder, worse } from "../facts/severity-steps.ts";
import type { CutSetting } from "./cut-settings.ts";
import type { DraftPath } from "./draft-paths.ts";
import type { Ground } from "./ground.ts";
import { ruleOfPath } from "./path-rules.ts";

type SideEffects = CutChange["sideEffects"];

export function finishPaths(drafts: readonly DraftPath[], { days }: Pick<Ground, "days">): readonly AttackPath[] {
  const effects = new Map<CutSetting, SideEffects>();
  const effectsOf = (setting: CutSetting): SideEffects => {
    const known = effects.get(setting);
    if (known) return known;
    const met = setting.meets();
    const pipelines = [...new Set(met.map(({ pipeline }) => pipeline))].toSorted();
    const made = { runs: new Set(met.map(({ run }) => `${run.definitionId} ${run.id}`)).size, days, pipelines };
    effects.set(setting, made);
    return made;
  };
  const alone = countAlone(drafts);
  const chosen = drafts.map((draft) => choose(draft, { alone, effectsOf }));
  const together = new Map<CutSetting, number>();
  for (const setting of chosen.flat()) together.set(setting, (together.get(setting) ?? 0) + 1);
  const closes = (setting: CutSetting) => Math.max(alone.get(setting) ?? 0, together.get(setting) ?? 0);
  const paths = drafts.map((draft, index): AttackPath => {
    const settings = (chosen[index] ?? []).toSorted((a, b) => closes(b) - closes(a) || compare(a.id, b.id));
    const changes = settings.map(
      (setting): CutChange => ({
        edge: draft.ways.findIndex(({ endedBy }) => endedBy.includes(setting)),
        what: setting.what,
        ...(setting.url === undefined ? {} : { url: setting.url }),
        closes: closes(setting),
        of: drafts.length,
        sideEffects: effectsOf(setting),
      }),
    );
    return pathOf(draft, { changes, isComplete: draft.cuts.sets.length > 0 });
  });
  return paths.toSorted((a, b) => compareSeverity(a.severity, b.severity) || compare(a.id, b.id));
}

function pathOf({ entry, target, edges, certainty, alternatives }: DraftPath, cut: PathCut): AttackPath {
  return {
    id: idOf(entry, target.node),
    rule: ruleOfPath(entry, target.node),
    entry,
    target: target.node,
    severity: severityOf(target.severity, {
      isOutside: entry.id === "outsiders",
      isPossible: certainty === "possible",
    }),
    certainty,
    edges,
    alternatives,
    cut,
  };
}

function idOf(entry: PathNode, target: PathNode): string {
  const words = [entry.kind, entry.id, target.kind, target.id].join("\n").toLowerCase();
  return hash("sha256", words, "hex").slice(0, 20);
}

/** Worse where anybody may start, milder where something about it is not known. */
function severityOf(
  severity: Severity,
  { isOutside, isPossible }: { readonly isOutside: boolean; readonly isPossible: boolean },
): Severity {
  const exposed = isOutside ? worse(severity) : severity;
  return isPossible ? milder(exposed) : exposed;
}

/** How many paths each setting ends by itself. */
function countAlone(drafts: readonly DraftPath[]): ReadonlyMap<CutSetting, number> {
  const counts = new Map<CutSetting, number>();
  for (const [setting, ...more] of drafts.flatMap(({ cuts }) => cuts.sets)) {
    if (setting && more.length === 0) counts.set(setting, (counts.get(setting) ?? 0) + 1);
  }
  return counts;
}

interface Choosing {
  readonly alone: ReadonlyMap<CutSetting, number>;
  readonly effectsOf: (setting: CutSetting) => SideEffects;
}

function choose({ cuts }: DraftPath, { alone, effectsOf }: Choosing): readonly CutSetting[] {
  const priceOf = (set: readonly CutSetting[]): number =>
    set.reduce((sum, setting) => sum + setting.price + weightOf(effectsOf(setting)), 0);
  const endsOf = (set: readonly CutSetting[]): number =>
    set.reduce((sum, setting) => sum + (alone.get(setting) ?? 0), 0);
  const [best] = cuts.sets.toSorted((a, b) => priceOf(a) - priceOf(b) || endsOf(b) - endsOf(a));
  return best ?? cuts.partial;
}

/** A setting that would have met runs costs more, but never as much as two of them. */
function weightOf({ runs, pipelines }: SideEffects): number {
  return runs === 0 ? 0 : Math.min(0.9, 0.2 + 0.1 * pipelines.length);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

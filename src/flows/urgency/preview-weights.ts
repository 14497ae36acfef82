/** What other weights would do to the most urgent issues of an instance; nothing is written. */
import type { InstanceId, IssueId } from "#model/ids.ts";
import { parseUrgencySettings } from "#scan/urgency/parse-urgency-settings.ts";
import { listMostUrgent } from "#store/issues/urgency-scores.ts";
import type { App } from "../app.ts";
import { startScoring } from "./score-issues.ts";

const shown = 50;
/** Of the most urgent ones now: one from below hardly comes among the first fifty. */
const mostConsidered = 20_000;

export interface MovedIssue {
  readonly id: IssueId;
  readonly urgency: { readonly before: number; readonly after: number };
  /** From 1; absent: not among the first fifty. */
  readonly place: { readonly before?: number; readonly after?: number };
}

export interface WeightsPreview {
  /** Those that are among the first fifty after the change, in their new order, and those that are no more. */
  readonly top: readonly MovedIssue[];
  readonly leaving: readonly MovedIssue[];
  /** Open issues that were looked at. */
  readonly considered: number;
  /** True if these are all. */
  readonly areAll: boolean;
}

export type Previewed =
  | { readonly is: "preview"; readonly preview: WeightsPreview }
  | { readonly is: "mistakes"; readonly mistakes: readonly { readonly line: number; readonly message: string }[] };

export async function previewWeights(
  app: Pick<App, "db" | "now">,
  { instanceId, text }: { readonly instanceId: InstanceId; readonly text: string },
): Promise<Previewed> {
  const parsed = parseUrgencySettings(text);
  if (parsed.is === "mistakes") return parsed;
  const scoring = startScoring(app.db, { at: app.now(), changed: { is: "nothing" } }, parsed.settings);
  const before: { readonly id: IssueId; readonly urgency: number }[] = [];
  const after: { readonly id: IssueId; readonly urgency: number }[] = [];
  for await (const issues of listMostUrgent(app.db, instanceId, mostConsidered)) {
    for (const { id, urgency } of issues) before.push({ id, urgency });
    for (const { id, urgency } of await scoring.scoresOf(issues)) after.push({ id, urgency: urgency.score });
  }
  return { is: "preview", preview: compare(before, after) };
}

type Scored = readonly { readonly id: IssueId; readonly urgency: number }[];

function compare(before: Scored, after: Scored): WeightsPreview {
  const placesOf = (scored: Scored) =>
    new Map(
      scored
        .toSorted((a, b) => b.urgency - a.urgency || (a.id < b.id ? -1 : 1))
        .slice(0, shown)
        .map(({ id }, index) => [id, index + 1]),
    );
  const [was, becomes] = [placesOf(before), placesOf(after)];
  const old = new Map(before.map(({ id, urgency }) => [id, urgency]));
  const next = new Map(after.map(({ id, urgency }) => [id, urgency]));
  const movedOf = (id: IssueId): MovedIssue => {
    const [from, to] = [was.get(id), becomes.get(id)];
    return {
      id,
      urgency: { before: old.get(id) ?? 0, after: next.get(id) ?? 0 },
      place: { ...(from !== undefined && { before: from }), ...(to !== undefined && { after: to }) },
    };
  };
  return {
    top: [...becomes.keys()].map(movedOf),
    leaving: [...was.keys()].filter((id) => !becomes.has(id)).map(movedOf),
    considered: before.length,
    areAll: before.length < mostConsidered,
  };
}

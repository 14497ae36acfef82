/** Keeps the figures of dashboards fresh: every hour for all, and when somebody looks where counting takes a moment only. */
import { hasMoreIssues, listFigureTimes, makeFigures } from "#store/figures/make-figures.ts";
import type { App } from "../app.ts";

/** Counted in about 0.2 s. */
const quicklyCounted = 20_000;
const freshMilliseconds = 60_000;

export async function refreshFigures(app: Pick<App, "db" | "now">): Promise<void> {
  for (const { instanceId } of await listFigureTimes(app.db)) await makeFigures(app.db, instanceId, app.now());
}

/** Instances with more issues, or that were counted just now, stay as they are. */
export async function freshenFigures(app: Pick<App, "db" | "now">): Promise<void> {
  const now = app.now();
  for (const { instanceId, at, issues } of await listFigureTimes(app.db)) {
    const isFresh = at !== undefined && now.getTime() - at.getTime() < freshMilliseconds;
    if (isFresh || issues > quicklyCounted || (await hasMoreIssues(app.db, instanceId, quicklyCounted))) continue;
    await makeFigures(app.db, instanceId, now);
  }
}

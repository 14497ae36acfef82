/** Puts the figures together as the console shows them. */
import type { Scope } from "#model/scope.ts";
import { severities } from "#model/severity.ts";
import {
  type FigureFilter,
  type Flow,
  figuresAsOf,
  listTopRepositories,
  listTops,
  readCoverage,
  type Stock,
  sumFlow,
  sumStock,
  sumWeeks,
  type Top,
  type Week,
} from "#store/figures/dashboards.ts";
import { fixTimeSteps, urgentFrom } from "#store/figures/make-figures.ts";
import type { Parts } from "../api-server.ts";
import { toTime } from "../shapes/time.ts";
import type { Dashboards } from "./contract.ts";

export async function readDashboards(
  { app, findRule }: Pick<Parts, "app" | "findRule">,
  scope: Scope,
  filter: FigureFilter,
): Promise<Dashboards> {
  const { db } = app;
  const [asOf, stock, flow, { weeks, after }, coverage, rules, repositories, owners] = await Promise.all([
    figuresAsOf(db, scope, filter),
    sumStock(db, scope, filter),
    sumFlow(db, scope, filter),
    sumWeeks(db, scope, filter),
    readCoverage(db, scope, filter, app.now()),
    listTops(db, scope, { ...filter, kind: "rule" }),
    listTopRepositories(db, scope, filter),
    listTops(db, scope, { ...filter, kind: "owner" }),
  ]);
  const titleOf = ({ name, title }: Top) => findRule(name)?.title ?? title ?? name;
  return {
    asOf: toTime(asOf),
    from: filter.from,
    to: filter.to,
    funnel: funnelOf(stock, flow),
    timeToFix: {
      all: timeOf(flow),
      bySeverity: [...Map.groupBy(flow, ({ severity }) => severity)]
        .map(([severity, own]) => ({ severity, ...timeOf(own) }))
        .sort((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity)),
      byScanner: [...Map.groupBy(flow, ({ scanner }) => scanner)]
        .map(([scanner, own]) => ({ scanner, ...timeOf(own) }))
        .sort((a, b) => b.fixed - a.fixed),
    },
    sla: slaOf(stock, flow),
    coverage: { ...coverage },
    trend: trendOf(weeks, sum(stock, "open") - after),
    top: {
      rules: rules.map((top) => ({ ...top, title: titleOf(top) })),
      repositories: repositories.map((top) => ({ ...top, title: top.title ?? top.name })),
      owners: owners.map((top) => ({ ...top, title: top.name })),
    },
  };
}

function sum<Name extends string>(rows: readonly Readonly<Record<Name, number>>[], name: Name): number {
  return rows.reduce((total, row) => total + row[name], 0);
}

function funnelOf(stock: readonly Stock[], flow: readonly Flow[]): Dashboards["funnel"] {
  const open = sum(stock, "open");
  const fixed = sum(flow, "fixed");
  const dismissed = sum(stock, "dismissed");
  return {
    raw: open + fixed + dismissed + sum(stock, "silenced"),
    afterSilenced: open + fixed + dismissed,
    afterExceptions: open + fixed,
    urgent: sum(stock, "urgent"),
    urgentFrom,
    fixed,
  };
}

function timeOf(flow: readonly Flow[]): Dashboards["timeToFix"]["all"] {
  const fixed = sum(flow, "fixed");
  if (fixed === 0) return { fixed, meanHours: null, medianHours: null };
  const times = [...fixTimeSteps, 0].map((_end, step) =>
    flow.reduce((total, one) => total + (one.times[step] ?? 0), 0),
  );
  return { fixed, meanHours: rounded(sum(flow, "hours") / fixed), medianHours: rounded(medianOf(times)) };
}

/** Between the ends of the step that holds the middle, as if its times were spread evenly. */
function medianOf(times: readonly number[]): number {
  const middle = times.reduce((total, count) => total + count, 0) / 2;
  let passed = 0;
  for (const [step, count] of times.entries()) {
    if (count > 0 && passed + count >= middle) {
      const from = fixTimeSteps[step - 1] ?? 0;
      const to = fixTimeSteps[step] ?? from;
      return from + ((to - from) * (middle - passed)) / count;
    }
    passed += count;
  }
  return 0;
}

function rounded(hours: number): number {
  return Math.round(hours * 10) / 10;
}

function slaOf(stock: readonly Stock[], flow: readonly Flow[]): Dashboards["sla"] {
  const standing = (rows: readonly Stock[], fixed: readonly Flow[]) => {
    const inTime = sum(fixed, "inTime");
    const judged = inTime + sum(fixed, "late");
    return {
      onTrack: sum(rows, "onTrack"),
      approaching: sum(rows, "approaching"),
      overdue: sum(rows, "overdue"),
      keptRate: judged === 0 ? null : Math.round((inTime / judged) * 1000) / 1000,
    };
  };
  const bySeverity = severities.map((severity) => {
    const isOf = (row: { readonly severity: string }) => row.severity === severity;
    return { severity, ...standing(stock.filter(isOf), flow.filter(isOf)) };
  });
  return { ...standing(stock, flow), bySeverity };
}

/** Backwards from what is open at the end. */
function trendOf(weeks: readonly Week[], openAtEnd: number): Dashboards["trend"] {
  let open = openAtEnd;
  return weeks
    .toReversed()
    .map(({ week, opened, fixed, net }) => {
      const row = { week, open: Math.max(0, open), opened, fixed };
      open -= net;
      return row;
    })
    .toReversed();
}

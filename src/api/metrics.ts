/** What Prometheus reads: deliveries and requests as they come, jobs and scans as the database has them when asked. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { App } from "#flows/app.ts";
import { countScans } from "#store/scans/scans.ts";
import type { LiveHub } from "./live/live-hub.ts";

export interface Metrics {
  readonly registry: Registry;
  readonly deliveries: Counter<"outcome">;
  readonly requests: Histogram<"route" | "method" | "status">;
}

const day = 24 * 60 * 60_000;

// oxlint-disable-next-line max-lines-per-function -- a list of metrics
export function createMetrics(app: App, live: LiveHub): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: "sallyport_jobs",
    help: "Jobs by queue and state",
    labelNames: ["queue", "state"],
    registers,
    async collect() {
      this.reset();
      for (const { queue, waiting, delayed, active, dead } of await app.jobs.pending()) {
        for (const [state, count] of Object.entries({ waiting, delayed, active, dead }))
          this.set({ queue, state }, count);
      }
    },
  });
  new Gauge({
    name: "sallyport_scans_last_day",
    help: "Scans begun in the last 24 hours, by outcome",
    labelNames: ["outcome"],
    registers,
    async collect() {
      const counts = await countScans(app.db, { is: "everything" }, new Date(app.now().getTime() - day));
      for (const [outcome, count] of Object.entries(counts)) this.set({ outcome }, count);
    },
  });
  new Gauge({
    name: "sallyport_live_connections",
    help: "Open consoles",
    registers,
    collect() {
      this.set(live.connections);
    },
  });
  return {
    registry,
    deliveries: new Counter({
      name: "sallyport_deliveries_total",
      help: "Service-hook deliveries by outcome",
      labelNames: ["outcome"],
      registers,
    }),
    requests: new Histogram({
      name: "sallyport_http_request_seconds",
      help: "Time to answer",
      labelNames: ["route", "method", "status"],
      buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 1, 5],
      registers,
    }),
  };
}

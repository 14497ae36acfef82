/** Listens to the server's news and marks what they touch as stale; the progress of running scans is kept aside. */
import { type QueryClient, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import type { LiveMessage } from "#model/live-message.ts";

export interface ScanProgress {
  readonly done: number;
  readonly total: number;
}

const progressKey = (scanId: string) => ["scan-progress", scanId];

/** What each kind of news makes stale: the first words of query keys. */
const touches: Readonly<Record<Exclude<LiveMessage["is"], "scan-progress">, readonly string[]>> = {
  "scan-changed": ["scans", "repositories", "instances", "overview", "packages", "secrets"],
  "issues-changed": [
    "issues",
    "exceptions",
    "fixes",
    "work-items",
    "repositories",
    "instances",
    "overview",
    "packages",
    "secrets",
  ],
  "pull-request-changed": ["pull-requests"],
  "posture-changed": ["posture", "pipelines", "attack-paths"],
  "instance-changed": ["instances", "integrations", "repositories", "overview", "builds", "hook-events"],
};

/** News come in bursts while a large scan runs: what they touch is asked anew at most once in this time. */
const pause = 400;

/** Keeps one connection open while the signed-in part of the console is on screen. */
export function useLiveNews(): void {
  const client = useQueryClient();
  useEffect(() => {
    const stale = createStaleness(client);
    const connection = keepConnected((source) => {
      source.addEventListener("message", (event: MessageEvent<string>) => {
        const message = JSON.parse(event.data) as LiveMessage;
        if (message.is === "scan-progress") {
          client.setQueryData<ScanProgress>(progressKey(message.scanId), { done: message.done, total: message.total });
        } else {
          stale.mark(touches[message.is]);
        }
      });
      // After every (re)connection something may have been missed.
      source.addEventListener("hello", () => stale.mark(Object.values(touches).flat()));
    });
    return () => {
      connection.close();
      stale.stop();
    };
  }, [client]);
}

const beforeNextTry = 5_000;

/** A browser connects again by itself where the way breaks, but not after a refusal: a proxy gives one while the server restarts. */
function keepConnected(listen: (source: EventSource) => void): { readonly close: () => void } {
  let timer: number | undefined;
  let source = connect();

  function connect(): EventSource {
    const opened = new EventSource("/api/live");
    listen(opened);
    opened.addEventListener("error", () => {
      if (opened.readyState === EventSource.CLOSED) timer = window.setTimeout(reconnect, beforeNextTry);
    });
    return opened;
  }
  function reconnect(): void {
    source = connect();
  }

  return {
    close() {
      window.clearTimeout(timer);
      source.close();
    },
  };
}

function createStaleness(client: QueryClient) {
  const marked = new Set<string>();
  let timer: number | undefined;
  const flush = () => {
    timer = undefined;
    for (const key of marked) void client.invalidateQueries({ queryKey: [key] });
    marked.clear();
  };
  return {
    mark(keys: readonly string[]) {
      for (const key of keys) marked.add(key);
      timer ??= window.setTimeout(flush, pause);
    },
    stop: () => window.clearTimeout(timer),
  };
}

/** How far a running scan is; undefined until news of it arrive. */
export function useScanProgress(scanId: string): ScanProgress | undefined {
  return (
    useQuery<ScanProgress | null>({
      queryKey: progressKey(scanId),
      queryFn: () => null,
      enabled: false,
      staleTime: Number.POSITIVE_INFINITY,
    }).data ?? undefined
  );
}

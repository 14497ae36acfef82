/**
 * A client for work that nobody waits for: where Azure DevOps, or the budget that is kept for more urgent work, asks it to
 * come back later, it does, as long as the patience lasts. It counts the calls and ends them when the work is cancelled.
 */
import { setTimeout as pause } from "node:timers/promises";
import type { OrganizationClient } from "#azure-devops/organization-client.ts";
import { RemoteError } from "#model/remote-error.ts";

export interface Patience {
  readonly now: () => Date;
  /** When it ends. */
  readonly until: Date;
  readonly signal: AbortSignal;
  /** How time passes; tests turn it. */
  readonly wait?: (milliseconds: number, signal: AbortSignal) => Promise<unknown>;
}

/** Without a wish of the service, as long as its window is. */
const usualWait = 60_000;

export function patientClient(
  client: OrganizationClient,
  { now, until, signal, wait = (milliseconds, ends) => pause(milliseconds, undefined, { signal: ends }) }: Patience,
  counted: () => void,
): OrganizationClient {
  return {
    ...client,
    async request(request) {
      for (;;) {
        signal.throwIfAborted();
        try {
          counted();
          return await client.request({ signal, ...request });
        } catch (error) {
          signal.throwIfAborted();
          if (!(error instanceof RemoteError) || error.code !== "rate-limited") throw error;
          const milliseconds = error.retryAfter ?? usualWait;
          if (now().getTime() + milliseconds > until.getTime()) throw error;
          await wait(milliseconds, signal);
        }
      }
    },
  };
}

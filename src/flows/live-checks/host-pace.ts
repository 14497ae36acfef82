/** At most two requests a second to one host, and none before the moment that it names. */

export interface HostPace {
  /** Waits for its turn; false if the host wants to be left alone. */
  turn(host: string, signal?: AbortSignal): Promise<boolean>;
  /** What the host said of when to come again: seconds, or a date. */
  rest(host: string, retryAfter: string | undefined): void;
}

export interface Clock {
  readonly now: () => Date;
  readonly wait: (milliseconds: number, signal?: AbortSignal) => Promise<unknown>;
}

const apart = 500;
const usualRest = 60_000;
const longestRest = 24 * 60 * 60_000;

export function createHostPace({ now, wait }: Clock): HostPace {
  const opens = new Map<string, number>();
  const rests = new Map<string, number>();
  return {
    async turn(host, signal) {
      const time = now().getTime();
      if ((rests.get(host) ?? 0) > time) return false;
      const mine = Math.max(time, opens.get(host) ?? 0);
      opens.set(host, mine + apart);
      if (mine > time) await wait(mine - time, signal);
      // Somebody before may have been told to stop.
      return (rests.get(host) ?? 0) <= now().getTime();
    },
    rest(host, retryAfter) {
      const time = now().getTime();
      rests.set(host, time + Math.min(longestRest, restOf(retryAfter, time)));
    },
  };
}

function restOf(retryAfter: string | undefined, time: number): number {
  if (retryAfter === undefined) return usualRest;
  const wish = /^\d{1,9}$/.test(retryAfter) ? Number(retryAfter) * 1000 : Date.parse(retryAfter) - time;
  return Number.isFinite(wish) && wish > 0 ? wish : usualRest;
}

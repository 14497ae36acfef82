/** Time of the emulator. It runs with the real clock until a test turns it forward; due work runs in order. */
export interface Clock {
  now(): Date;
  /** Runs `work` once `milliseconds` of emulator time have passed. */
  after(milliseconds: number, work: () => void | Promise<void>): void;
  /** Moves time forward and waits for all work that is due, including work that this work plans. */
  advance(milliseconds: number): Promise<void>;
  stop(): void;
}

interface Planned {
  readonly due: number;
  readonly work: () => void | Promise<void>;
  timer: NodeJS.Timeout;
}

export function createClock(): Clock {
  let offset = 0;
  const planned = new Set<Planned>();
  const now = () => Date.now() + offset;

  async function run(entry: Planned): Promise<void> {
    if (!planned.delete(entry)) return;
    clearTimeout(entry.timer);
    await entry.work();
  }

  return {
    now: () => new Date(now()),
    after(milliseconds, work) {
      const entry: Planned = {
        due: now() + milliseconds,
        work,
        timer: setTimeout(() => void run(entry), milliseconds),
      };
      entry.timer.unref();
      planned.add(entry);
    },
    async advance(milliseconds) {
      const until = now() + milliseconds;
      for (;;) {
        const next = [...planned].filter((entry) => entry.due <= until).sort((a, b) => a.due - b.due)[0];
        if (!next) break;
        offset += Math.max(0, next.due - now());
        await run(next);
      }
      offset += Math.max(0, until - now());
    },
    stop() {
      for (const entry of planned) clearTimeout(entry.timer);
      planned.clear();
    },
  };
}

/** A connection of its own that hears NOTIFY, and comes back when it is lost. */
import pg from "pg";
import type { Logger } from "pino";

export interface Listener {
  stop(): Promise<void>;
}

/**
 * `onConnected` runs after each subscription, the first included: what was said meanwhile was not heard, so look for
 * yourself then. The first connection must succeed.
 */
// oxlint-disable-next-line max-lines-per-function -- its parts share one state, and each is short
export async function listen(options: {
  readonly url: string;
  readonly channel: string;
  readonly log: Logger;
  readonly onMessage: (payload: string) => void;
  readonly onConnected?: () => void;
}): Promise<Listener> {
  const { channel, log } = options;
  let stopped = false;
  let client: pg.Client | undefined;
  let timer: NodeJS.Timeout | undefined;
  let attempt = 0;

  const connect = async (): Promise<void> => {
    const next = new pg.Client({
      connectionString: options.url,
      application_name: `sallyport ${channel}`,
      keepAlive: true,
    });
    let lost = false;
    const onLost = (error?: Error): void => {
      if (lost || stopped || client !== next) return;
      lost = true;
      log.warn({ channel, error: error?.message }, "listening connection lost");
      void next.end().catch(() => undefined);
      reconnectLater();
    };
    next.on("error", onLost);
    next.on("end", () => onLost());
    next.on("notification", (message) => options.onMessage(message.payload ?? ""));
    try {
      await next.connect();
      await next.query(`listen ${pg.escapeIdentifier(channel)}`);
    } catch (error) {
      void next.end().catch(() => undefined);
      throw error;
    }
    if (stopped) {
      await next.end();
      return;
    }
    client = next;
    attempt = 0;
    options.onConnected?.();
  };
  const reconnectLater = (): void => {
    const wait = Math.min(100 * 2 ** attempt, 5_000);
    attempt += 1;
    timer = setTimeout(() => {
      connect().catch(() => {
        if (!stopped) reconnectLater();
      });
    }, wait);
  };

  await connect();
  return {
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await client?.end().catch(() => undefined);
    },
  };
}

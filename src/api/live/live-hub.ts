/**
 * Passes news on to open consoles, each only what its reader may see. A reader that does not keep up is not buffered
 * for: it misses news and is told `hello` once it reads again, upon which it loads what it shows anew.
 */
import type { ServerResponse } from "node:http";
import type { UserId } from "#model/ids.ts";
import type { LiveMessage, LiveNews } from "#model/live-message.ts";
import type { Scope } from "#model/scope.ts";

export interface LiveHub {
  publish(news: LiveNews): void;
  /** News may have been lost, those of changed access too: everybody is looked at anew, and told `hello`. */
  startAnew(): void;
  /**
   * Holds the response open. `scopeNow` is asked at once, whenever the access of this person changes, and at every
   * heartbeat; undefined ends the connection.
   */
  connect(response: ServerResponse, userId: UserId, scopeNow: () => Promise<Scope | undefined>): void;
  readonly connections: number;
  close(): void;
}

interface Reader {
  readonly response: ServerResponse;
  readonly userId: UserId;
  readonly scopeNow: () => Promise<Scope | undefined>;
  /** Undefined while it is not known: nothing is told then. */
  scope: Scope | undefined;
  /** How often it was asked: an answer that is overtaken by a later question counts no more. */
  asked: number;
  stalled: boolean;
}

const hello = "event: hello\ndata: {}\n\n";

// oxlint-disable-next-line max-lines-per-function -- its parts share one state, and each is short
export function createLiveHub({ heartbeat = 20_000 }: { readonly heartbeat?: number } = {}): LiveHub {
  const readers = new Set<Reader>();

  function write(reader: Reader, text: string): void {
    if (reader.stalled) return;
    reader.stalled = !reader.response.write(text);
  }

  function end(reader: Reader): void {
    readers.delete(reader);
    reader.response.end();
  }

  async function readScope(reader: Reader): Promise<void> {
    reader.asked += 1;
    const { asked } = reader;
    const scope = await reader.scopeNow();
    if (!readers.has(reader) || reader.asked !== asked) return;
    if (!scope) return end(reader);
    const missed = reader.scope === undefined;
    reader.scope = scope;
    write(reader, missed ? hello : ":\n\n");
  }

  function ask(reader: Reader): void {
    readScope(reader).catch(() => end(reader));
  }

  function askAnew(isMeant: (reader: Reader) => boolean): void {
    for (const reader of readers) {
      if (!isMeant(reader)) continue;
      reader.scope = undefined;
      ask(reader);
    }
  }

  const timer = setInterval(() => {
    for (const reader of readers) ask(reader);
  }, heartbeat);
  timer.unref();

  return {
    publish(news) {
      if (news.is === "access-changed") return askAnew(({ userId }) => userId === news.userId);
      const text = `data: ${JSON.stringify(news)}\n\n`;
      for (const reader of readers) if (sees(reader.scope, news)) write(reader, text);
    },
    startAnew: () => askAnew(() => true),
    connect(response, userId, scopeNow) {
      // Who went away while being signed in: its end was told before anybody listened.
      if (response.destroyed) return;
      const reader: Reader = { response, userId, scopeNow, scope: undefined, asked: 0, stalled: false };
      readers.add(reader);
      response.on("close", () => readers.delete(reader));
      response.on("drain", () => {
        reader.stalled = false;
        if (readers.has(reader)) write(reader, hello);
      });
      ask(reader);
    },
    get connections() {
      return readers.size;
    },
    close() {
      clearInterval(timer);
      for (const { response } of readers) response.end();
      readers.clear();
    },
  };
}

function sees(scope: Scope | undefined, { instanceId }: LiveMessage): boolean {
  return scope !== undefined && (scope.is === "everything" || scope.ids.includes(instanceId));
}

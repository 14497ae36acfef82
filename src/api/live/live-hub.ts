/**
 * Passes news on to open consoles, each only what its reader may see. A reader that does not keep up is not buffered
 * for: it misses news and is told `hello` once it reads again, upon which it loads what it shows anew.
 */
import type { ServerResponse } from "node:http";
import type { LiveMessage } from "#model/live-message.ts";
import type { Scope } from "#model/scope.ts";

export interface LiveHub {
  publish(message: LiveMessage): void;
  /** Holds the response open. `scopeNow` is asked again at every heartbeat; undefined ends the connection. */
  connect(response: ServerResponse, scope: Scope, scopeNow: () => Promise<Scope | undefined>): void;
  readonly connections: number;
  close(): void;
}

interface Reader {
  readonly response: ServerResponse;
  readonly scopeNow: () => Promise<Scope | undefined>;
  scope: Scope;
  stalled: boolean;
}

const hello = "event: hello\ndata: {}\n\n";

export function createLiveHub({ heartbeat = 20_000 }: { readonly heartbeat?: number } = {}): LiveHub {
  const readers = new Set<Reader>();

  function write(reader: Reader, text: string): void {
    if (reader.stalled) return;
    reader.stalled = !reader.response.write(text);
  }

  async function beat(reader: Reader): Promise<void> {
    const scope = await reader.scopeNow();
    if (!readers.has(reader)) return;
    if (!scope) return void reader.response.end();
    reader.scope = scope;
    write(reader, ":\n\n");
  }

  const timer = setInterval(() => {
    for (const reader of readers) beat(reader).catch(() => reader.response.end());
  }, heartbeat);
  timer.unref();

  return {
    publish(message) {
      const text = `data: ${JSON.stringify(message)}\n\n`;
      for (const reader of readers) if (sees(reader.scope, message)) write(reader, text);
    },
    connect(response, scope, scopeNow) {
      const reader: Reader = { response, scope, scopeNow, stalled: false };
      readers.add(reader);
      response.on("close", () => readers.delete(reader));
      response.on("drain", () => {
        reader.stalled = false;
        write(reader, hello);
      });
      write(reader, hello);
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

function sees(scope: Scope, { instanceId }: LiveMessage): boolean {
  return scope.is === "everything" || scope.ids.includes(instanceId);
}

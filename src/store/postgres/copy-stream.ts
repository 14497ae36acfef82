/** COPY as streams, over pg: the fastest way in and out of a table. pg itself leaves this protocol to others. */
import type { Duplex } from "node:stream";
import { Readable } from "node:stream";
import type pg from "pg";

/** What pg lends a query while it runs. */
interface Connection {
  readonly stream: Duplex;
  query(text: string): void;
  sendCopyFromChunk(chunk: Uint8Array): void;
  endCopyFrom(): void;
  sendCopyFail(reason: string): void;
}

/** `statement` is a `copy ... to stdout`. Yields its bytes; slow readers slow PostgreSQL down. */
export function copyOut(client: pg.Client, statement: string): Readable {
  let connection: Connection | undefined;
  const output = new Readable({
    read: () => connection?.stream.resume(),
    highWaterMark: 1 << 20,
  });
  submit(client, {
    submit: (given) => {
      connection = given;
      given.query(statement);
    },
    onData: (chunk) => {
      // pg reuses the memory.
      if (!output.push(Buffer.from(chunk))) connection?.stream.pause();
    },
    onDone: () => output.push(null),
    onError: (error) => output.destroy(error),
  });
  return output;
}

/** `statement` is a `copy ... from stdin`. If `chunks` fails, nothing is copied and the error is passed on. */
export async function copyIn(client: pg.Client, statement: string, chunks: AsyncIterable<Uint8Array>): Promise<void> {
  let failure: unknown;
  await new Promise<void>((resolve, reject) => {
    submit(client, {
      submit: (connection) => connection.query(statement),
      onCopyIn: (connection) => {
        send(connection, chunks).catch((error: unknown) => {
          failure = error;
          connection.sendCopyFail("the source failed");
        });
      },
      onDone: resolve,
      onError: (error) => reject(failure instanceof Error ? failure : error),
    });
  });
}

async function send(connection: Connection, chunks: AsyncIterable<Uint8Array>): Promise<void> {
  const { stream } = connection;
  for await (const chunk of chunks) {
    connection.sendCopyFromChunk(chunk);
    if (!stream.writableNeedDrain) continue;
    await new Promise<void>((resolve) => {
      const go = (): void => {
        stream.off("drain", go).off("close", go);
        resolve();
      };
      stream.on("drain", go).on("close", go);
    });
  }
  connection.endCopyFrom();
}

interface Handlers {
  submit(connection: Connection): void;
  onData?(chunk: Uint8Array): void;
  onCopyIn?(connection: Connection): void;
  onDone(): void;
  onError(error: Error): void;
}

/** The methods that pg calls on a query; its own Query class has the same. */
function submit(client: pg.Client, handlers: Handlers): void {
  const query = {
    submit: (connection: unknown) => handlers.submit(connection as Connection),
    handleCopyData: (message: { readonly chunk: Uint8Array }) => handlers.onData?.(message.chunk),
    handleCopyInResponse: (connection: unknown) => handlers.onCopyIn?.(connection as Connection),
    handleCommandComplete: () => undefined,
    handleReadyForQuery: () => handlers.onDone(),
    handleError: (error: Error) => handlers.onError(error),
  };
  client.query(query as unknown as pg.Submittable);
}

/**
 * Takes a request's body whole before anybody works on it, on disk where it is large: a client that stalls in the middle
 * of a push must hold up nobody but itself.
 */
import { createReadStream } from "node:fs";
import { open, rm } from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import { Readable } from "node:stream";
import { createGunzip } from "node:zlib";

export interface SpooledBody {
  /** Bytes, unzipped. */
  readonly size: number;
  /** Its beginning: enough for the commands of a push. */
  readonly head: Buffer;
  stream(): Readable;
  remove(): Promise<void>;
}

const keptInMemory = 4 * 1024 * 1024;

/** A client that sends nothing for this long has gone away. */
export const idleLimit = 60_000;

/** Undefined where the client went away or sent rubbish. `path` is written only for large bodies. */
export async function spoolBody(
  request: IncomingMessage,
  path: string,
  idle = idleLimit,
): Promise<SpooledBody | undefined> {
  request.setTimeout(idle, () => request.destroy());
  const zipped = request.headers["content-encoding"] === "gzip";
  const source = zipped ? request.pipe(createGunzip()) : request;
  if (zipped) request.on("error", (error) => source.destroy(error)).on("close", () => endEarly(request, source));
  try {
    return await receive(source, path);
  } catch {
    await rm(path, { force: true });
    return undefined;
  } finally {
    request.socket.setTimeout(0);
  }
}

function endEarly(request: IncomingMessage, source: Readable): void {
  if (!request.complete) source.destroy(new Error("the client went away"));
}

async function receive(source: Readable, path: string): Promise<SpooledBody> {
  const kept: Buffer[] = [];
  let size = 0;
  let file: Awaited<ReturnType<typeof open>> | undefined;
  try {
    for await (const chunk of source as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (!file && size > keptInMemory) {
        file = await open(path, "w");
        await file.appendFile(Buffer.concat(kept));
      }
      if (file) await file.appendFile(chunk);
      else kept.push(chunk);
    }
  } finally {
    await file?.close();
  }
  const head = Buffer.concat(kept);
  return {
    size,
    head,
    stream: () => (file ? createReadStream(path) : Readable.from([head])),
    remove: () => (file ? rm(path, { force: true }) : Promise.resolve()),
  };
}

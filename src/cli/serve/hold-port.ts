/**
 * Finds the port to listen on: the one asked for, or the next free one after the usual. It is held until the server takes
 * it, because the database starts in between, and another server may look for a port in the same second.
 */
import { createServer } from "node:net";
import type { Config } from "../config.ts";
import { UsageError } from "../usage-error.ts";

const tries = 200;

export interface HeldPort {
  readonly port: number;
  /** Gives it free; once is enough. */
  release(): Promise<void>;
}

export async function holdPort({
  host,
  port,
  portIsAsked,
}: Pick<Config, "host" | "port" | "portIsAsked">): Promise<HeldPort> {
  const last = portIsAsked || port === 0 ? port : port + tries;
  for (let candidate = port; candidate <= last; candidate += 1) {
    const held = await tryPort(host, candidate);
    if (held) return held;
  }
  throw new UsageError(
    portIsAsked
      ? `port ${port} of ${host} is in use: end what uses it, or set SALLYPORT_PORT to another one`
      : `ports ${port} to ${last} of ${host} are all in use: set SALLYPORT_PORT to another one`,
  );
}

function tryPort(host: string, port: number): Promise<HeldPort | undefined> {
  return new Promise((resolve, reject) => {
    // Whoever comes too early is sent away, as by a server that is not there yet.
    const server = createServer((socket) => socket.destroy());
    server.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE" || error.code === "EACCES") resolve(undefined);
      else reject(new UsageError(`cannot listen on ${host}: ${error.message}; check SALLYPORT_HOST`));
    });
    server.listen({ host, port, exclusive: true }, () => {
      const address = server.address();
      const release = () => new Promise<void>((done) => server.close(() => done()));
      resolve({ port: typeof address === "object" && address ? address.port : port, release });
    });
  });
}

/** Finds the port to listen on: the one asked for, or the next free one after the usual. */
import { createServer } from "node:net";
import type { Config } from "./config.ts";
import { UsageError } from "./usage-error.ts";

const tries = 200;

export async function freePort({
  host,
  port,
  portIsAsked,
}: Pick<Config, "host" | "port" | "portIsAsked">): Promise<number> {
  const last = portIsAsked || port === 0 ? port : port + tries;
  for (let candidate = port; candidate <= last; candidate += 1) {
    const free = await tryPort(host, candidate);
    if (free !== undefined) return free;
  }
  throw new UsageError(
    portIsAsked
      ? `port ${port} of ${host} is in use: end what uses it, or set SALLYPORT_PORT to another one`
      : `ports ${port} to ${last} of ${host} are all in use: set SALLYPORT_PORT to another one`,
  );
}

function tryPort(host: string, port: number): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE" || error.code === "EACCES") resolve(undefined);
      else reject(new UsageError(`cannot listen on ${host}: ${error.message}; check SALLYPORT_HOST`));
    });
    server.listen({ host, port, exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : port));
    });
  });
}

/** Serves the built console: hashed files for good, and its one page for every address that is no file and no API. */
import { readdirSync } from "node:fs";
import { fastifyStatic } from "@fastify/static";
import type { FastifyInstance } from "fastify";
import { noSuchPage } from "./answer-problems.ts";
import { ProblemError } from "./problem-error.ts";

/** Below these nothing is a page: a mistyped address of the API is answered as such. */
const notPages = /^\/(api|hooks|assets|sign-in)\//;

export async function consoleFiles(server: FastifyInstance, folder: string): Promise<void> {
  const topFiles = new Set(namesIn(folder));
  await server.register(fastifyStatic, { root: folder, serve: false, cacheControl: false });

  server.get("/*", { schema: { hide: true }, config: { permission: "public" } }, (request, reply) => {
    const [path = "/"] = request.url.split("?", 1);
    if (path.startsWith("/assets/")) {
      // Their names hold a hash of their content.
      return reply.header("cache-control", "public, max-age=31536000, immutable").sendFile(path.slice(1));
    }
    reply.header("cache-control", "no-store");
    if (topFiles.has(path.slice(1))) return reply.sendFile(path.slice(1));
    if (notPages.test(path)) return noSuchPage(request, reply);
    if (topFiles.has("index.html")) return reply.sendFile("index.html");
    throw new ProblemError(503, "unavailable", "The console is not built.", {
      detail: "Run `npm run setup` in Sallyport's folder.",
    });
  });
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).filter((name) => !name.startsWith("."));
  } catch {
    return [];
  }
}

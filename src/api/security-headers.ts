/** Headers that limit what a browser lets a page of ours do. */
import { fastifyHelmet } from "@fastify/helmet";
import type { FastifyInstance } from "fastify";

/** Everything from this server only, and nothing inline: neither scripts nor styles. */
export async function securityHeaders(server: FastifyInstance, publicUrl: string): Promise<void> {
  const isHttps = publicUrl.startsWith("https:");
  await server.register(fastifyHelmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'"],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        manifestSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        ...(isHttps ? { upgradeInsecureRequests: [] } : {}),
      },
    },
    referrerPolicy: { policy: "same-origin" },
    hsts: isHttps ? { maxAge: 31_536_000 } : false,
    xFrameOptions: { action: "deny" },
  });
}

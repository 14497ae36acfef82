/** Headers that limit what a browser lets a page of ours do. */
import { fastifyHelmet } from "@fastify/helmet";
import type { FastifyInstance } from "fastify";

/**
 * Everything from this server only. Style elements are the one exception: Mantine and its scroll lock write them at run
 * time; they can neither run code nor, with img-src and connect-src closed, send anything away.
 */
export async function securityHeaders(server: FastifyInstance, publicUrl: string): Promise<void> {
  const isHttps = publicUrl.startsWith("https:");
  await server.register(fastifyHelmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", "data:"],
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

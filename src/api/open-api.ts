/** The OpenAPI 3.1 description, made of the schemas and permissions that the routes really use. */
import { fastifySwagger } from "@fastify/swagger";
import type { FastifyInstance, FastifySchema } from "fastify";
import type { Permission } from "./permissions.ts";
import { problemDetails } from "./shapes/problem-details.ts";

/** Must be registered before the routes. */
export async function describeRoutes(
  server: FastifyInstance,
  { version, publicUrl }: { version: string; publicUrl: string },
): Promise<void> {
  await server.register(fastifySwagger, {
    openapi: {
      openapi: "3.1.0",
      info: { title: "Sallyport", version, description: "Application security for Azure DevOps" },
      servers: [{ url: publicUrl }],
      components: {
        securitySchemes: {
          token: { type: "http", scheme: "bearer", description: "An API token: `spt_...`" },
          hook: { type: "http", scheme: "basic", description: "User `sallyport` and the secret of the subscription" },
        },
      },
    },
    transform: ({ schema, url, route }) => {
      const permission = route.config?.permission ?? "public";
      return { url, schema: { ...schema, ...described(schema ?? {}, url, permission) } as FastifySchema };
    },
  });
}

function described(schema: FastifySchema, url: string, permission: Permission) {
  const [, first = ""] = url.replace(/^\/api/, "").split("/");
  return {
    tags: [first],
    security: url.startsWith("/hooks") ? [{ hook: [] }] : permission === "public" ? [] : [{ token: [] }],
    "x-permission": permission,
    response: {
      ...(schema.response ?? { "2xx": { description: "Done" } }),
      default: {
        description: "A problem, as application/problem+json",
        content: { "application/problem+json": { schema: problemDetails } },
      },
    },
  };
}

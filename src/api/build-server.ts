/** The HTTP server: three contexts that share nothing but the port. The receiver of hooks, the API, and the console's files. */
import { randomUUID } from "node:crypto";
import { fastifyCookie } from "@fastify/cookie";
import { fastifyRateLimit } from "@fastify/rate-limit";
import type { TypeBoxTypeProvider } from "@fastify/type-provider-typebox";
import { type FastifyBaseLogger, type FastifyInstance, fastify, LogController } from "fastify";
import type { App } from "#flows/app.ts";
import { listenLive } from "#store/live.ts";
import type { Store } from "#store/open-store.ts";
import { answerProblems, noSuchPage } from "./answer-problems.ts";
import type { ApiServer, Parts, RemoteLinks, Routes } from "./api-server.ts";
import { attackPathRoutes } from "./attack-paths/routes.ts";
import { auditRoutes } from "./audit/routes.ts";
import { buildRoutes } from "./builds/routes.ts";
import { compileWhenUsed } from "./compile-when-used.ts";
import { connectionRoutes } from "./connections/routes.ts";
import { consoleFiles } from "./console-files.ts";
import { dashboardRoutes } from "./dashboards/routes.ts";
import { demandPermissions, enforceAccess } from "./enforce-access.ts";
import { entraAppRoutes } from "./entra-app/routes.ts";
import { exceptionRoutes } from "./exceptions/routes.ts";
import { firstAdministratorRoutes } from "./first-administrator/routes.ts";
import { fixRoutes } from "./fixes/routes.ts";
import { gateRoutes } from "./gates/routes.ts";
import { healthRoutes } from "./health/routes.ts";
import { hookEventRoutes } from "./hook-events/routes.ts";
import { hookRoutes } from "./hooks/routes.ts";
import { importRoutes } from "./imports/routes.ts";
import { instanceExportRoutes } from "./instance-export/routes.ts";
import { instanceHealthRoutes } from "./instance-health/routes.ts";
import { instanceRoutes } from "./instances/routes.ts";
import { integrationRoutes } from "./integrations/routes.ts";
import { issueRoutes } from "./issues/routes.ts";
import { knowledgeRoutes } from "./knowledge/routes.ts";
import { createLiveHub } from "./live/live-hub.ts";
import { liveRoutes } from "./live/routes.ts";
import { liveCheckRoutes } from "./live-checks/routes.ts";
import { createMetrics, type Metrics } from "./metrics.ts";
import { describeRoutes } from "./open-api.ts";
import { overviewRoutes } from "./overview/routes.ts";
import { packageInstanceRoutes } from "./packages/instance-routes.ts";
import { packageRoutes } from "./packages/routes.ts";
import { createPasswords, type PasswordCost } from "./passwords.ts";
import { pipelineRoutes } from "./pipelines/routes.ts";
import { policyRoutes } from "./policies/routes.ts";
import { postureRoutes } from "./posture/routes.ts";
import { pullRequestRoutes } from "./pull-requests/routes.ts";
import { repositoryRoutes } from "./repositories/routes.ts";
import { ruleRoutes } from "./rules/routes.ts";
import { scanRoutes } from "./scans/routes.ts";
import { secretRoutes } from "./secrets/routes.ts";
import { securityHeaders } from "./security-headers.ts";
import { sessionRoutes } from "./session/routes.ts";
import { createSessions } from "./sessions.ts";
import { signInLinkRoutes } from "./sign-in-links/routes.ts";
import { signInRoutes } from "./sign-ins/routes.ts";
import { tokenRoutes } from "./tokens/routes.ts";
import { urgencyRoutes } from "./urgency/routes.ts";
import { userRoutes } from "./users/routes.ts";
import { verdictRoutes } from "./verdicts/routes.ts";
import { webhookRoutes } from "./webhooks/routes.ts";
import { workItemRoutes } from "./work-items/routes.ts";

export interface ServerOptions {
  readonly store: Store;
  readonly version: string;
  readonly findRule: Parts["findRule"];
  readonly rules: Parts["rules"];
  readonly links: RemoteLinks;
  /** Where the built console lies. */
  readonly consoleFolder: string;
  /** Of new ones; what is safe today if absent. */
  readonly passwordCost?: PasswordCost;
}

const resources: readonly Routes[] = [
  sessionRoutes,
  firstAdministratorRoutes,
  signInLinkRoutes,
  tokenRoutes,
  userRoutes,
  overviewRoutes,
  dashboardRoutes,
  integrationRoutes,
  entraAppRoutes,
  signInRoutes,
  connectionRoutes,
  instanceRoutes,
  instanceHealthRoutes,
  instanceExportRoutes,
  repositoryRoutes,
  importRoutes,
  scanRoutes,
  issueRoutes,
  urgencyRoutes,
  exceptionRoutes,
  secretRoutes,
  ruleRoutes,
  policyRoutes,
  verdictRoutes,
  packageRoutes,
  packageInstanceRoutes,
  liveCheckRoutes,
  fixRoutes,
  workItemRoutes,
  webhookRoutes,
  gateRoutes,
  postureRoutes,
  pipelineRoutes,
  attackPathRoutes,
  knowledgeRoutes,
  pullRequestRoutes,
  buildRoutes,
  hookEventRoutes,
  auditRoutes,
  liveRoutes,
];

/** Not listening yet. Closing it ends live connections and waits for requests in progress. */
export async function buildServer(app: App, options: ServerOptions): Promise<FastifyInstance> {
  const { store, version, findRule, rules, links } = options;
  const live = createLiveHub();
  const passwords = createPasswords(options.passwordCost);
  const sessions = createSessions(app);
  const parts: Parts = { app, store, passwords, sessions, live, version, findRule, rules, links };
  const metrics = createMetrics(app, live);
  const server = createServer(app);

  answerProblems(server);
  demandPermissions(server);
  await describeRoutes(server, { version, publicUrl: app.publicUrl });
  server.setNotFoundHandler((request, reply) => noSuchPage(request, reply));
  await server.register(async (hooks) => hookRoutes(hooks, app, metrics.deliveries));
  await server.register(async (api) => apiRoutes(api.withTypeProvider<TypeBoxTypeProvider>(), parts, metrics));
  await server.register(async (pages) => {
    await securityHeaders(pages, app.publicUrl);
    await consoleFiles(pages, options.consoleFolder);
  });

  const listener = await listenLive(
    store,
    (message) => live.publish(message),
    () => live.startAnew(),
  );
  server.addHook("preClose", async () => live.close());
  server.addHook("onClose", async () => listener.stop());
  // In the background: it takes 0.3 s, and nobody signs in that soon.
  passwords.prepareDecoy().catch((error: unknown) => app.log.error({ err: error }, "no decoy for unknown names"));
  await server.ready();
  return server;
}

function createServer(app: App): FastifyInstance {
  return fastify({
    loggerInstance: app.log as FastifyBaseLogger,
    // Own line per request, in apiRoutes: addresses of hooks and sign-in links are secrets.
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    bodyLimit: 1024 * 1024,
    requestTimeout: 60_000,
    forceCloseConnections: "idle",
    // A proxy on this machine may say whom it speaks for; anybody else's word is not taken.
    trustProxy: "loopback",
    routerOptions: { maxParamLength: 1000 },
    ajv: { customOptions: { removeAdditional: false, allErrors: true } },
    schemaController: { compilersFactory: compileWhenUsed() },
  });
}

async function apiRoutes(server: ApiServer, parts: Parts, metrics: Metrics): Promise<void> {
  await securityHeaders(server, parts.app.publicUrl);
  await server.register(fastifyCookie);
  await server.register(fastifyRateLimit, { global: false });
  enforceAccess(server, parts);
  server.addHook("onRequest", async (_request, reply) => {
    reply.header("cache-control", "no-store");
  });
  server.addHook("onResponse", async (request, reply) => {
    const { method, url: route = "none" } = request.routeOptions;
    const seconds = reply.elapsedTime / 1000;
    metrics.requests.observe({ route, method: String(method), status: reply.statusCode }, seconds);
    const { statusCode: status } = reply;
    const milliseconds = Math.round(reply.elapsedTime);
    request.log.info({ method: request.method, route, status, milliseconds, user: request.viewer?.name }, "request");
  });
  for (const routes of resources) routes(server, parts);
  healthRoutes(server, parts, metrics.registry);
  server.get("/openapi.json", { schema: { summary: "This description" }, config: { permission: "public" } }, async () =>
    server.swagger(),
  );
}

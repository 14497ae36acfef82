/** The emulator's own door under `/_emulator/`: faults, switches, time, people and tokens; and the inspector page. Loopback only. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { bodyObject } from "../query-values.ts";
import { Refusal } from "../route.ts";
import { writeAnswer } from "../server/answers.ts";
import type { Target } from "../server/handle-request.ts";
import { parseJson, readBody } from "../server/read-body.ts";
import type { World } from "../world.ts";
import { behaviourRoutes } from "./control-behaviour.ts";
import { entraRoutes } from "./control-entra.ts";
import type { ControlRoute } from "./control-route.ts";
import { worldRoutes } from "./control-world.ts";
import { inspectorPage } from "./inspector.ts";

const routes: readonly ControlRoute[] = [...behaviourRoutes, ...worldRoutes, ...entraRoutes];

const compiled = routes.map((route) => ({
  route,
  pattern: new RegExp(`^/_emulator${route.path.replace(/\{(\w+)\}/g, "(?<$1>[^/]+)")}/?$`),
}));

/** Programs of this machine only: no other machine, and no web page that a browser here happens to show. */
function isAtHome(world: World, request: IncomingMessage): boolean {
  const address = request.socket.remoteAddress ?? "";
  if (!/^(::ffff:)?127\.|^::1$/.test(address)) return false;
  if (!/^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i.test(request.headers.host ?? "")) return false;
  const { origin } = request.headers;
  return origin === undefined || origin === new URL(world.baseUrl).origin;
}

export async function handleControl(
  world: World,
  target: Target,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (!isAtHome(world, request)) {
    request.resume();
    return writeAnswer(response, { status: 403, text: "Loopback only." }, {}, undefined);
  }
  if (request.method === "GET" && /^\/_emulator\/?$/.test(target.path)) {
    const headers = { "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'" };
    const page = { text: inspectorPage(world), contentType: "text/html; charset=utf-8", headers };
    return writeAnswer(response, page, {}, undefined);
  }
  try {
    const answer = await answerControl(world, target, request);
    writeAnswer(response, { body: answer }, {}, undefined);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    writeAnswer(response, { status: error.status, body: { message: error.message } }, {}, undefined);
  }
}

async function answerControl(world: World, target: Target, request: IncomingMessage): Promise<unknown> {
  const raw = await readBody(request);
  if (target.path === "/_emulator/help")
    return routes.map(({ method, path, summary }) => ({ method, path: `/_emulator${path}`, summary }));
  for (const { route, pattern } of compiled) {
    const match = route.method === request.method ? pattern.exec(target.path) : null;
    if (!match) continue;
    const params = Object.entries(match.groups ?? {}).map(([name, value]) => [name, decodeURIComponent(value)]);
    const body = bodyObject({ body: parseJson(raw, undefined) });
    return (await route.handle({ world, params: Object.fromEntries(params), body })) ?? {};
  }
  throw new Refusal(404, "EmulatorException", `There is no ${request.method} ${target.path}; see GET /_emulator/help.`);
}

/** From a raw request to an answer: host, faults, gate, route. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { handleControl } from "../control/handle-control.ts";
import { hostsBehind, hostUrl, pathWithin } from "../edition.ts";
import { answerEntra } from "../entra/handle-entra.ts";
import { answerManagedIdentity } from "../entra/managed-identity.ts";
import { handleGit, isGitPath } from "../git/smart-http.ts";
import { findHost } from "../location/find-host.ts";
import { type Call, type Host, hosts, Refusal } from "../route.ts";
import type { OrganizationState, World } from "../world.ts";
import { cutShort, errorAnswer, unknownRoute, writeAnswer } from "./answers.ts";
import { applyFaults } from "./apply-faults.ts";
import type { Router } from "./find-route.ts";
import {
  acceptVersion,
  admits,
  findOrganization,
  hasOrganization,
  isIdentityHost,
  noOrganization,
  signedOut,
  signIn,
  stoppedOrganization,
  unauthorized,
} from "./gate.ts";
import { spendBudget } from "./rate-budget.ts";
import { parseJson, readBody } from "./read-body.ts";

export interface Target {
  readonly host: Host;
  /** After the host prefix, undecoded, without the query. */
  readonly path: string;
  readonly search: URLSearchParams;
}

/** Tells the host by a `/_hosts/{name}/` prefix or the Host header; anything else is dev.azure.com. */
function targetOf(url: string, hostHeader: string | undefined): Target {
  const question = url.indexOf("?");
  const whole = question < 0 ? url : url.slice(0, question);
  const search = new URLSearchParams(question < 0 ? "" : url.slice(question + 1));
  const [, prefixed, rest] = /^\/_hosts\/([^/]+)(\/.*)?$/i.exec(whole) ?? [];
  const name = (prefixed ?? hostHeader?.replace(/:\d+$/, "") ?? "").toLowerCase();
  return {
    host: hosts.find((host) => host === name) ?? "dev.azure.com",
    path: (prefixed === undefined ? whole : (rest ?? "/")).replace(/\/{2,}/g, "/"),
    search,
  };
}

export async function handleRequest(
  world: World,
  router: Router,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const asked = targetOf(request.url ?? "/", request.headers.host);
  const within = pathWithin(world, asked.path);
  if (within === undefined) {
    request.resume();
    return writeAnswer(response, { status: 404, text: "" }, {}, undefined);
  }
  const target = { ...asked, path: within };
  if (target.path === "/_emulator" || target.path.startsWith("/_emulator/"))
    return handleControl(world, target, request, response);
  const faults = await applyFaults(world, target);
  const headers = { ...faults.headers };
  if (faults.isCut) cutShort(response);
  if (faults.answer) {
    request.resume();
    return writeAnswer(response, faults.answer, headers, undefined);
  }
  try {
    if (isGitPath(target.path) && faults.isCut) response.destroy();
    else await dispatch(world, router, target, request, response, headers);
  } catch (error) {
    if (response.headersSent) {
      response.destroy();
      return;
    }
    if (!(error instanceof Refusal)) console.error(`emulator: ${request.method} ${target.path} failed`, error);
    const refusal =
      error instanceof Refusal
        ? error
        : new Refusal(500, "Exception", error instanceof Error ? error.message : String(error));
    writeAnswer(response, errorAnswer(world, refusal), headers, undefined);
  }
}

/** To the host's own answers, to git, or to the routes. */
async function dispatch(
  world: World,
  router: Router,
  target: Target,
  request: IncomingMessage,
  response: ServerResponse,
  headers: Record<string, string>,
): Promise<void> {
  const isDefault = target.host === "dev.azure.com" && world.edition.is === "services";
  const host = isDefault ? findHost(world, target.path, target.search) : undefined;
  if (host) return writeAnswer(response, host, headers, undefined);
  if (isIdentityHost(target.host)) {
    const isLogin = target.host === "login.microsoftonline.com";
    const answer = isLogin
      ? await answerEntra(world, target, request, response)
      : answerManagedIdentity(world, target, request);
    return writeAnswer(response, answer, headers, undefined);
  }
  const organization = organizationOf(world, target, response);
  if (organization === "answered") return;
  if (isGitPath(target.path) && organization) return await handleGit(world, organization, target, request, response);
  await handleApi(world, router, target, organization, request, response, headers);
}

/** The organization that the path names; undefined on hosts without one. Unknown and renamed ones are answered here. */
function organizationOf(
  world: World,
  target: Target,
  response: ServerResponse,
): OrganizationState | undefined | "answered" {
  if (!hasOrganization(target.host)) return undefined;
  const [, segment = ""] = target.path.split("/");
  const found = findOrganization(world, safeDecode(segment));
  if (found.is === "found") {
    if (found.organization.stopped) throw stoppedOrganization(found.organization);
    if (target.host === "vssps.dev.azure.com" && /^\/[^/]+\/?$/.test(target.path)) {
      const headers = { "X-VSS-ResourceTenant": found.organization.tenantId };
      writeAnswer(response, { status: 404, text: "", headers }, {}, undefined);
      return "answered";
    }
    return found.organization;
  }
  if (found.is === "renamed" && world.switches.renamedOrganizationRedirects) {
    const rest = target.path.slice(segment.length + 1);
    const query = target.search.size > 0 ? `?${target.search.toString()}` : "";
    const location = `${hostUrl(world, target.host)}/${encodeURIComponent(found.organization.name)}${rest}${query}`;
    writeAnswer(response, { status: 302, text: "", headers: { Location: location } }, {}, undefined);
    return "answered";
  }
  writeAnswer(response, unknownRoute(target.path), {}, undefined);
  return "answered";
}

function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

// oxlint-disable-next-line max-lines-per-function -- the order of the gate reads in one piece
async function handleApi(
  world: World,
  router: Router,
  target: Target,
  organization: OrganizationState | undefined,
  request: IncomingMessage,
  response: ServerResponse,
  headers: Record<string, string>,
): Promise<void> {
  const method = request.method ?? "GET";
  const signed = signIn(world, request.headers.authorization, organization);
  if (signed.is !== "signed in") {
    const suppressed = /^suppress$/i.test(String(request.headers["x-tfs-fedauthredirect"] ?? ""));
    request.resume();
    if (signed.is === "challenged")
      return writeAnswer(response, unauthorized(world, organization, signed.challenge), headers, undefined);
    const answer = signedOut(world, organization, { method, suppressed, expired: signed.is === "expired" });
    return writeAnswer(response, answer, headers, undefined);
  }
  const budget = await spendBudget(world, signed.user.id, target.path);
  Object.assign(headers, budget.headers);
  if (budget.answer) {
    request.resume();
    return writeAnswer(response, budget.answer, headers, undefined);
  }
  const all = { ...headers, "X-VSS-UserData": `${signed.user.id}:${signed.user.mail}` };
  const match = router.find(method, hostsBehind(world, target.host), target.path);
  if (match.is === "unknown") {
    request.resume();
    const shown = organization ? target.path.slice(organization.name.length + 1) : target.path;
    return writeAnswer(response, unknownRoute(safeDecode(shown)), all, undefined);
  }
  if (match.is === "wrong method") {
    request.resume();
    const text = `The requested resource does not support http method '${method}'.`;
    const answer = errorAnswer(world, new Refusal(405, "VssServiceException", text));
    return writeAnswer(response, answer, { ...all, ...answer.headers, Allow: match.allowed.join(", ") }, undefined);
  }
  const { route, params } = match;
  if ([...Object.values(params), ...target.search.values()].some((value) => value.includes("\0")))
    throw new Refusal(400, "HttpException", "A potentially dangerous Request.Path value was detected from the client.");
  const query = new Map([...target.search].map(([name, value]) => [name.toLowerCase(), value]));
  const apiVersion = acceptVersion(world, route, query.get("api-version"), request.headers.accept);
  if (!admits(signed.token, route.scopes)) {
    request.resume();
    return writeAnswer(response, unauthorized(world, organization), all, undefined);
  }
  const rawBody = await readBody(request);
  const call: Call = {
    method,
    host: target.host,
    path: target.path,
    params,
    query: (name) => query.get(name.toLowerCase()),
    header: (name) => request.headers[name.toLowerCase()]?.toString(),
    apiVersion,
    user: signed.user,
    token: signed.token,
    organization: organization ?? noOrganization,
    body: parseJson(rawBody, request.headers["content-type"]),
    rawBody,
  };
  writeAnswer(response, await route.handle(call, world), all, apiVersion);
}

/** Turns everything that is thrown into problem+json (RFC 9457). A bug is logged and answered without its words. */
import { STATUS_CODES } from "node:http";
import type { FastifyError, FastifyReply, FastifyRequest } from "fastify";
import { fullDisk } from "#model/full-disk.ts";
import { RemoteError } from "#model/remote-error.ts";
import type { ApiServer } from "./api-server.ts";
import { ProblemError } from "./problem-error.ts";
import type { ProblemDetails } from "./shapes/problem-details.ts";

export function answerProblems(server: ApiServer): void {
  server.setErrorHandler((error: unknown, request, reply) => {
    const problem = problemOf(error);
    if (problem.status >= 500) request.log.error({ err: error, requestId: request.id }, "request failed");
    return sendProblem(problem, request, reply);
  });
}

function sendProblem(problem: ProblemError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (problem.retryAfter !== undefined) reply.header("retry-after", problem.retryAfter);
  if (problem.status === 401) reply.header("www-authenticate", "Bearer");
  const details: ProblemDetails = {
    type: `urn:sallyport:problem#${problem.code}`,
    code: problem.code,
    title: problem.message,
    status: problem.status,
    ...(problem.detail === undefined ? {} : { detail: problem.detail }),
    instance: `urn:sallyport:request:${request.id}`,
    ...(problem.errors === undefined ? {} : { errors: problem.errors }),
  };
  return reply
    .code(problem.status)
    .type("application/problem+json")
    .header("cache-control", "no-store")
    .serializer((payload: unknown) => payload as string)
    .send(JSON.stringify(details));
}

function problemOf(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  if (error instanceof RemoteError) return problemOfRemote(error);
  if (isFastifyError(error) && error.validation) return problemOfValidation(error);
  if (isFastifyError(error) && error.statusCode !== undefined && error.statusCode < 500) {
    const { statusCode: status } = error;
    return new ProblemError(status, codes[status] ?? "invalid", error.message);
  }
  if (isDatabaseAway(error)) {
    return new ProblemError(503, "unavailable", "The database does not answer at the moment.", { retryAfter: 5 });
  }
  const disk = fullDisk(error);
  if (disk) {
    return new ProblemError(507, "no-room", `No room is left on the disk of the ${disk}.`, {
      detail: "Nothing can be written until an administrator of this server frees some space there.",
    });
  }
  if (isUnkeepable(error)) {
    return new ProblemError(422, "invalid", "The request does not fit.", {
      detail: "It holds the character U+0000, or another that no text may hold.",
    });
  }
  return new ProblemError(500, "internal", "Sallyport failed on this request.", {
    detail: "The server's log holds the reason beside the request's id.",
  });
}

const codes: Readonly<Record<number, string>> = {
  404: "not-found",
  413: "too-large",
  415: "unsupported-media-type",
  429: "too-many-requests",
};

/** 503 for what passes by itself, 502 for what does not: the fault is not in the request. */
function problemOfRemote(error: RemoteError): ProblemError {
  const retryAfter = error.retryAfter === undefined ? undefined : Math.ceil(error.retryAfter / 1000);
  return new ProblemError(error.passing ? 503 : 502, `remote-${error.code}`, `Azure DevOps: ${error.message}`, {
    retryAfter,
    cause: error,
  });
}

function problemOfValidation(error: FastifyError): ProblemError {
  const errors = (error.validation ?? []).slice(0, 100).map((one) => {
    const missing = one.params.missingProperty ?? one.params.additionalProperty;
    const pointer = typeof missing === "string" ? `${one.instancePath}/${escaped(missing)}` : one.instancePath;
    return { pointer: pointerIn(error.validationContext, pointer), message: wordsOf(one) };
  });
  // Of a body each message stands beside its field; an address has no other place for it.
  if (error.validationContext === "body")
    return new ProblemError(422, "invalid", "The request does not fit.", { errors });
  const named = errors.map(({ pointer, message }) => `${pointer.split("/")[1] ?? pointer} ${message}`);
  const detail = `In the address ${named.join(", and ")}.`;
  return new ProblemError(422, "invalid", "The request does not fit.", { errors, detail });
}

function wordsOf({ keyword, params, message }: NonNullable<FastifyError["validation"]>[number]): string {
  if (keyword === "format" && params.format === "uuid") return `must be an id like ${exampleId}`;
  if (keyword === "enum" && Array.isArray(params.allowedValues))
    return `must be one of: ${params.allowedValues.join(", ")}`;
  return message ?? "does not fit";
}

const exampleId = "0198c0de-7a11-7000-8000-5a11eb07c0de";

function pointerIn(part: string | undefined, pointer: string): string {
  if (part === "body") return `#${pointer}`;
  return `${part === "querystring" ? "query" : (part ?? "request")}${pointer}`;
}

function escaped(name: string): string {
  return name.replaceAll("~", "~0").replaceAll("/", "~1");
}

function isFastifyError(error: unknown): error is FastifyError {
  return error instanceof Error && ("validation" in error || "statusCode" in error);
}

/** Class 08 and 57P of SQLSTATE, and sockets that end: the pool connects again by itself. */
function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = "code" in error ? String(error.code) : "";
  return (
    /^(08|57P|ECONN|EPIPE)/.test(code) ||
    /connection terminated|timeout exceeded when trying to connect/i.test(error.message)
  );
}

/** What PostgreSQL says of a text or JSON with a zero character in it. */
function isUnkeepable(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "22021" || error.code === "22P05");
}

export function noSuchPage(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return sendProblem(
    new ProblemError(404, "not-found", `${STATUS_CODES[404]}: there is nothing at this address.`),
    request,
    reply,
  );
}

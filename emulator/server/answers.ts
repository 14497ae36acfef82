/** Writing answers: JSON with the version it was made by, the error body, and the headers on every answer. */
import { randomUUID } from "node:crypto";
import type { ServerResponse } from "node:http";
import type { Answer, Refusal } from "../route.ts";
import type { World } from "../world.ts";

export function errorAnswer(world: World, refusal: Refusal): Answer {
  const body = JSON.stringify({
    $id: "1",
    innerException: null,
    message: refusal.message,
    typeName: refusal.typeName,
    typeKey: refusal.typeKey,
    errorCode: 0,
    eventId: refusal.status === 401 ? 0 : 3000,
  });
  return {
    status: refusal.status,
    text: world.switches.bomInErrors ? `\uFEFF${body}` : body,
    contentType: "application/json; charset=utf-8",
    headers: { "X-TFS-ServiceError": encodeURIComponent(refusal.message) },
  };
}

/** The answer to a path that no route has: plain text, unlike all other errors. */
export function unknownRoute(path: string): Answer {
  const text = `The controller for path '${path}' was not found or does not implement IController.`;
  return {
    status: 404,
    text,
    contentType: "text/plain; charset=utf-8",
    headers: { "X-TFS-ServiceError": encodeURIComponent(text) },
  };
}

export function standardHeaders(): Record<string, string> {
  const activity = randomUUID();
  return {
    ActivityId: activity,
    "X-VSS-E2EID": activity,
    "X-TFS-ProcessId": "7684c2a2-7a9b-4fb0-a8b3-8eeada50c3cb",
    "X-Content-Type-Options": "nosniff",
    "X-FRAME-OPTIONS": "SAMEORIGIN",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
    "Cache-Control": "no-cache",
    Pragma: "no-cache",
    Expires: "-1",
  };
}

const cutResponses = new WeakSet<ServerResponse>();

/** Lets the connection end in the middle of whatever is answered. */
export function cutShort(response: ServerResponse): void {
  cutResponses.add(response);
}

export function writeAnswer(
  response: ServerResponse,
  answer: Answer,
  extra: Readonly<Record<string, string>>,
  apiVersion: string | undefined,
): void {
  if (response.headersSent || response.destroyed) return;
  const headers: Record<string, string | string[]> = { ...standardHeaders(), ...extra, ...answer.headers };
  if (answer.cookies) headers["Set-Cookie"] = [...answer.cookies];
  let payload: Buffer | Uint8Array | undefined;
  let contentType = answer.contentType;
  if (answer.bytes !== undefined) {
    payload = answer.bytes;
    contentType ??= "application/octet-stream";
  } else if (answer.text !== undefined) {
    payload = Buffer.from(answer.text);
    if (answer.text !== "") contentType ??= "text/plain; charset=utf-8";
  } else if (answer.body !== undefined) {
    payload = Buffer.from(JSON.stringify(answer.body));
    contentType ??= `application/json; charset=utf-8${apiVersion ? `; api-version=${apiVersion}` : ""}`;
  }
  if (contentType) headers["Content-Type"] = contentType;
  const status = answer.status ?? 200;
  if (status !== 204) headers["Content-Length"] = String(payload?.length ?? 0);
  response.writeHead(status, headers);
  if (cutResponses.has(response)) {
    const half = payload?.subarray(0, Math.floor(payload.length / 2)) ?? Buffer.alloc(0);
    response.write(half, () => response.destroy());
    return;
  }
  response.end(status === 204 || response.req.method === "HEAD" ? undefined : payload);
}

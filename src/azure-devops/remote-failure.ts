/**
 * Decides what an answer means: status and type key, never the message, which comes in the language of the account.
 * A sign-in page may come with 200, 203 or 302, so anything that is no JSON on an API route is suspicious.
 */
import { RemoteError, type RemoteErrorCode } from "#model/remote-error.ts";
import { type Missing, rightNamed } from "./missing-right.ts";

export interface RawAnswer {
  readonly method: string;
  readonly url: string;
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

const codes: Readonly<Record<number, RemoteErrorCode>> = {
  401: "signed-out",
  403: "forbidden",
  404: "not-found",
  408: "timed-out",
  409: "conflict",
  410: "not-found",
  412: "conflict",
  429: "rate-limited",
};

const codesOfTypes: Readonly<Record<string, RemoteErrorCode>> = {
  GitPullRequestStatusNotEditableException: "closed",
  GitRepositoryNotFoundException: "not-found",
  ProjectDoesNotExistWithNameException: "not-found",
  ProjectDoesNotExistException: "not-found",
  GitPullRequestNotFoundException: "not-found",
  UnauthorizedRequestException: "signed-out",
  AccessCheckException: "forbidden",
};

/** The error of an answer that is none; undefined = it is good. */
export function failureOf(answer: RawAnswer, retryAfter: number | undefined): RemoteError | undefined {
  const { status, headers } = answer;
  const isPage = /^text\/html\b/i.test(headers.get("content-type") ?? "");
  if (status >= 300 && status < 400) return redirected(answer);
  if (status === 203 || (isPage && status < 400)) {
    return new RemoteError("signed-out", "Azure DevOps answered with its sign-in page.", { details: facts(answer) });
  }
  if (status < 300) return undefined;
  const challenge = claimsChallenge(headers);
  if (status === 401 && challenge !== undefined) {
    const details = { ...facts(answer), claims: challenge };
    return new RemoteError("sign-in-again", "The sign-in must be renewed by the person who made it.", { details });
  }
  if (isPage && status !== 429 && status < 500) {
    return new RemoteError("signed-out", "Azure DevOps answered with a page.", { details: facts(answer) });
  }
  return refused(answer, retryAfter);
}

function refused(answer: RawAnswer, retryAfter: number | undefined): RemoteError {
  const { status, headers, text } = answer;
  const body = errorBody(text);
  const message = body.message ?? decoded(headers.get("x-tfs-serviceerror")) ?? `Azure DevOps answered ${status}.`;
  const code = codeOf(status, body);
  const right = code === "forbidden" ? rightNamed(message) : undefined;
  const missing: Missing | undefined = right === undefined ? undefined : { right };
  const details = {
    ...facts(answer),
    ...(body.typeKey === undefined ? {} : { typeKey: body.typeKey }),
    ...(missing && { missing }),
  };
  return new RemoteError(code, message, {
    details,
    ...(retryAfter === undefined ? {} : { retryAfter }),
  });
}

function codeOf(status: number, body: ErrorBody): RemoteErrorCode {
  const byType = body.typeKey === undefined ? undefined : codesOfTypes[body.typeKey];
  if (byType && status < 500 && status !== 429) return byType;
  // The name of the security namespace is not translated; the status is 400 or 403.
  if (status < 500 && body.message?.includes("PublisherSecurity")) return "forbidden";
  return codes[status] ?? (status >= 500 ? "unavailable" : "refused");
}

/** A renamed organization redirects for a time; everything else leads to a sign-in page. */
function redirected(answer: RawAnswer): RemoteError {
  const location = answer.headers.get("location") ?? "";
  const from = new URL(answer.url);
  const to = URL.canParse(location, answer.url) ? new URL(location, answer.url) : undefined;
  if (to && to.host === from.host && !/_signin|login/i.test(to.pathname)) {
    const [before, after] = differingSegment(from.pathname, to.pathname);
    const message = after === undefined ? "Azure DevOps moved this." : `${before} is now called ${after}.`;
    const details = { ...facts(answer), ...(after === undefined ? {} : { renamedTo: after }) };
    return new RemoteError("not-found", message, { details });
  }
  return new RemoteError("signed-out", "Azure DevOps sent us to its sign-in page.", { details: facts(answer) });
}

function differingSegment(from: string, to: string): readonly [string, string | undefined] {
  const before = from.split("/");
  const after = to.split("/");
  const at = before.findIndex((segment, index) => segment !== after[index]);
  return [decoded(before[at] ?? "") ?? "", decoded(after[at] ?? null)];
}

interface ErrorBody {
  readonly message?: string;
  readonly typeKey?: string;
}

function errorBody(text: string): ErrorBody {
  try {
    const { message, typeKey } = JSON.parse(text) as Record<string, unknown>;
    return {
      ...(typeof message === "string" && message !== "" ? { message: message.slice(0, 1000) } : {}),
      ...(typeof typeKey === "string" ? { typeKey } : {}),
    };
  } catch {
    return {};
  }
}

/** The claims that a new token must be asked with, decoded; only clients that announce `cp1` are challenged. */
function claimsChallenge(headers: Headers): string | undefined {
  const header = headers.get("www-authenticate") ?? "";
  if (!/insufficient_claims/i.test(header)) return undefined;
  const claims = /claims="([^"]*)"/i.exec(header)?.[1] ?? "";
  return Buffer.from(claims, "base64").toString("utf8");
}

/** For the log. The query may hold names, not secrets; headers with identities stay out. */
function facts({ method, url, status, headers }: RawAnswer): Record<string, unknown> {
  const activity = headers.get("activityid") ?? headers.get("x-vss-e2eid");
  return { method, path: new URL(url).pathname, status, ...(activity === null ? {} : { activity }) };
}

function decoded(text: string | null): string | undefined {
  if (text === null || text === "") return undefined;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** An answer that is a refusal: thrown by routes, turned into problem+json by answer-problems.ts. */
import type { ProblemDetails } from "./shapes/problem-details.ts";

export class ProblemError extends Error {
  override readonly name = "ProblemError";
  readonly status: number;
  readonly code: string;
  readonly detail: string | undefined;
  readonly errors: ProblemDetails["errors"];
  /** Seconds until the same call makes sense again. */
  readonly retryAfter: number | undefined;

  constructor(
    status: number,
    code: string,
    title: string,
    more: {
      readonly detail?: string | undefined;
      readonly errors?: ProblemDetails["errors"];
      readonly retryAfter?: number | undefined;
      readonly cause?: unknown;
    } = {},
  ) {
    super(title, { cause: more.cause });
    this.status = status;
    this.code = code;
    this.detail = more.detail;
    this.errors = more.errors;
    this.retryAfter = more.retryAfter;
  }
}

/** Also the answer for what is there but outside the reader's scope: nobody learns that it exists. */
export function notFound(what: string): ProblemError {
  return new ProblemError(404, "not-found", `There is no such ${what}, or you may not see it.`);
}

/** The detail is for whoever does not show errors beside their fields. */
export function invalid(pointer: `#${string}`, message: string): ProblemError {
  const field = pointer.slice("#/".length);
  const isSentence = field === "" || message.endsWith(".");
  const detail = isSentence ? message : `In ${field}: ${message}.`;
  return new ProblemError(422, "invalid", "The request does not fit.", { detail, errors: [{ pointer, message }] });
}

export function conflict(title: string, detail?: string): ProblemError {
  return new ProblemError(409, "conflict", title, { detail });
}

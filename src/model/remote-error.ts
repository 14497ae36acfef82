/** Why the outside world said no, in words that flows can act on. */
export type RemoteErrorCode =
  | "signed-out" // the credential is expired, revoked or of another tenant
  | "sign-in-again" // a claims challenge or a declined consent: a person must act
  | "forbidden" // signed in, but a right or scope is missing
  | "not-found" // missing, or hidden from this identity
  | "conflict" // somebody else was faster, or the thing already exists
  | "refused" // the request itself is not acceptable (400, 413, 415)
  | "closed" // the pull request is completed or abandoned, nothing more can be written
  | "rate-limited"
  | "unavailable" // 5xx, organization stopped
  | "timed-out"
  | "unreachable" // DNS, TLS, connection refused
  | "unexpected"; // an answer that fits no expectation

/** Caught only in flows/jobs/worker.ts and in api. */
export class RemoteError extends Error {
  override readonly name = "RemoteError";
  readonly code: RemoteErrorCode;
  /** Milliseconds to wait before trying again. */
  readonly retryAfter: number | undefined;
  /** Facts for the log: HTTP status, type key, activity id. Never a credential. */
  readonly details: Readonly<Record<string, unknown>>;

  constructor(
    code: RemoteErrorCode,
    message: string,
    options: { retryAfter?: number; details?: Readonly<Record<string, unknown>>; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.code = code;
    this.retryAfter = options.retryAfter;
    this.details = options.details ?? {};
  }

  /** True if the same call may succeed later without anybody doing anything. */
  get passing(): boolean {
    return ["rate-limited", "unavailable", "timed-out", "unreachable"].includes(this.code);
  }
}

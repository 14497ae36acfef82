/** One HTTP request of git's smart protocol; a refusal, and a page instead of git data, becomes a RemoteError. */
import { RemoteError, type RemoteErrorCode } from "#model/remote-error.ts";
import type { FetchRequest } from "./mirror.ts";

const codes: Readonly<Record<number, readonly [RemoteErrorCode, string]>> = {
  401: ["signed-out", "The credential was refused."],
  403: ["forbidden", "The account may not read this repository."],
  404: ["not-found", "No such repository."],
  408: ["timed-out", "The remote took too long."],
  410: ["not-found", "No such repository."],
  429: ["rate-limited", "The remote asks to slow down."],
};

export interface RemoteQuestion {
  /** Below the repository's address: `/info/refs?service=git-upload-pack`. */
  readonly path: string;
  /** What it asks for, without `application/x-`. */
  readonly answer: "git-upload-pack-advertisement" | "git-upload-pack-result";
  readonly body?: Buffer<ArrayBuffer>;
  readonly timeLimit: number;
}

/** `read` takes the answer's bytes, within the time limit. */
export async function askRemote<T>(
  request: FetchRequest,
  question: RemoteQuestion,
  read: (response: Response) => Promise<T>,
): Promise<T> {
  const limit = AbortSignal.timeout(question.timeLimit);
  const type = `application/x-${question.answer}`;
  try {
    const response = await fetch(`${request.url}${question.path}`, {
      ...(question.body && { method: "POST", body: question.body }),
      headers: {
        "User-Agent": "git/2 (sallyport)",
        Accept: question.body ? type : "*/*",
        ...(question.body && { "Content-Type": type.replace(/result$/, "request") }),
        ...(request.authorization ? { Authorization: request.authorization.reveal() } : {}),
      },
      redirect: "manual",
      signal: request.signal ? AbortSignal.any([limit, request.signal]) : limit,
    });
    const refusal = refusalOf(response, type);
    if (refusal) {
      await response.body?.cancel();
      throw refusal;
    }
    return await read(response);
  } catch (error) {
    if (error instanceof RemoteError) throw error;
    if (limit.aborted) throw new RemoteError("timed-out", "The remote did not answer in time.", { cause: error });
    if (request.signal?.aborted) throw new RemoteError("timed-out", "The fetch was cancelled.", { cause: error });
    throw new RemoteError("unreachable", "The remote could not be reached.", { cause: error });
  }
}

function refusalOf(response: Response, type: string): RemoteError | undefined {
  const { status, headers } = response;
  const details = { status, path: new URL(response.url).pathname };
  if (status === 200 && headers.get("content-type")?.startsWith(type)) return undefined;
  const seconds = Number(headers.get("retry-after") ?? Number.NaN);
  const retry = seconds > 0 ? { retryAfter: seconds * 1000 } : {};
  const [code, message] = codes[status] ?? [];
  if (code !== undefined && message !== undefined) return new RemoteError(code, message, { details, ...retry });
  if (status >= 500)
    return new RemoteError("unavailable", "The remote has a problem of its own.", { details, ...retry });
  if (status >= 400) return new RemoteError("refused", `The remote answered ${status}.`, { details });
  return new RemoteError("signed-out", "The remote answered with a page instead of git data.", { details });
}

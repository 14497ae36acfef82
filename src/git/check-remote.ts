/**
 * Asks for the list of refs as git would, before git does. Git takes a sign-in page (203 or 200 with HTML) for a
 * repository of the old "dumb" protocol that has no branches, succeeds, and prunes everything; nothing can forbid it that.
 */
import { RemoteError, type RemoteErrorCode } from "#model/remote-error.ts";
import type { FetchRequest } from "./mirror.ts";

const advertisement = "application/x-git-upload-pack-advertisement";
const timeLimit = 60_000;
/** Heads come before all other refs: they are in sight at once, or there are none. */
const enough = 256 * 1024;

const codes: Readonly<Record<number, readonly [RemoteErrorCode, string]>> = {
  401: ["signed-out", "The credential was refused."],
  403: ["forbidden", "The account may not read this repository."],
  404: ["not-found", "No such repository."],
  408: ["timed-out", "The remote took too long."],
  410: ["not-found", "No such repository."],
  429: ["rate-limited", "The remote asks to slow down."],
};

/** Throws unless the remote answers as a git repository; tells whether it has branches. */
export async function checkRemote(request: FetchRequest): Promise<{ readonly hasHeads: boolean }> {
  const limit = AbortSignal.timeout(timeLimit);
  try {
    const response = await fetch(`${request.url}/info/refs?service=git-upload-pack`, {
      headers: {
        "User-Agent": "git/2 (sallyport)",
        Accept: "*/*",
        ...(request.authorization ? { Authorization: request.authorization.reveal() } : {}),
      },
      redirect: "manual",
      signal: request.signal ? AbortSignal.any([limit, request.signal]) : limit,
    });
    const refusal = refusalOf(response);
    if (refusal) {
      await response.body?.cancel();
      throw refusal;
    }
    return { hasHeads: await findsHeads(response) };
  } catch (error) {
    if (error instanceof RemoteError) throw error;
    if (limit.aborted) throw new RemoteError("timed-out", "The remote did not answer in time.", { cause: error });
    if (request.signal?.aborted) throw new RemoteError("timed-out", "The fetch was cancelled.", { cause: error });
    throw new RemoteError("unreachable", "The remote could not be reached.", { cause: error });
  }
}

function refusalOf(response: Response): RemoteError | undefined {
  const { status, headers } = response;
  const details = { status, path: new URL(response.url).pathname };
  if (status === 200 && headers.get("content-type")?.startsWith(advertisement)) return undefined;
  const seconds = Number(headers.get("retry-after") ?? Number.NaN);
  const retry = seconds > 0 ? { retryAfter: seconds * 1000 } : {};
  const [code, message] = codes[status] ?? [];
  if (code !== undefined && message !== undefined) return new RemoteError(code, message, { details, ...retry });
  if (status >= 500)
    return new RemoteError("unavailable", "The remote has a problem of its own.", { details, ...retry });
  if (status >= 400) return new RemoteError("refused", `The remote answered ${status}.`, { details });
  return new RemoteError("signed-out", "The remote answered with a page instead of git data.", { details });
}

async function findsHeads(response: Response): Promise<boolean> {
  let text = "";
  for await (const chunk of response.body ?? []) {
    text += Buffer.from(chunk).toString("latin1");
    if (/[0-9a-f]{40} refs\/heads\//.test(text)) return true;
    if (text.length > enough) break;
  }
  return false;
}

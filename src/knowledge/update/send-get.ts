/** One GET: redirects by hand and to https only, an end when nothing comes for a minute, proxies as everywhere by Node's own fetch. */
export type Fetch = typeof globalThis.fetch;

export class DownloadError extends Error {
  override readonly name = "DownloadError";

  constructor(address: string, why: string, cause?: unknown) {
    super(`${address} ${why}`, { cause });
  }
}

export interface Get {
  readonly address: string;
  readonly fetch?: Fetch;
  readonly signal?: AbortSignal;
}

export interface Sent {
  readonly response: Response;
  chunks(): AsyncGenerator<Uint8Array>;
  /** Always to be called. */
  end(): void;
}

const idleLimit = 60_000;
const mostRedirects = 5;

export async function sendGet(get: Get, headers: Readonly<Record<string, string>>): Promise<Sent> {
  const { fetch = globalThis.fetch, signal } = get;
  const idle = new AbortController();
  const timer = setTimeout(() => idle.abort(new DownloadError(get.address, "did not answer for a minute")), idleLimit);
  const end = () => {
    clearTimeout(timer);
    // Without this the rest of the answer would go on arriving.
    idle.abort();
  };
  const both = signal ? AbortSignal.any([signal, idle.signal]) : idle.signal;
  try {
    let address = get.address;
    for (let redirects = 0; ; redirects += 1) {
      const response = await fetch(address, {
        redirect: "manual",
        signal: both,
        headers: { Accept: "*/*", "User-Agent": "Sallyport", ...headers },
      });
      const location = response.status >= 300 && response.status < 400 && response.headers.get("location");
      if (!location) return { response, chunks: () => chunksOf(get, response, timer, idle.signal), end };
      await response.body?.cancel();
      if (redirects === mostRedirects) throw new DownloadError(get.address, "redirects without end");
      const target = URL.canParse(location, address) ? new URL(location, address) : undefined;
      if (target?.protocol !== "https:")
        throw new DownloadError(get.address, "redirects to an address that is not https");
      address = target.href;
    }
  } catch (error) {
    end();
    throw said(get, error);
  }
}

async function* chunksOf(
  get: Get,
  response: Response,
  timer: NodeJS.Timeout,
  idle: AbortSignal,
): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of response.body ?? []) {
      timer.refresh();
      yield chunk;
    }
  } catch (error) {
    throw said(get, idle.aborted ? idle.reason : error);
  }
}

/** A small answer as text. */
export async function fetchText(get: Get & { readonly limit: number }): Promise<string | undefined> {
  const sent = await sendGet(get, {});
  try {
    if (sent.response.status === 404 || sent.response.status === 410) return undefined;
    if (sent.response.status !== 200) throw new DownloadError(get.address, `answered ${sent.response.status}`);
    const chunks: Uint8Array[] = [];
    let bytes = 0;
    for await (const chunk of sent.chunks()) {
      bytes += chunk.length;
      if (bytes > get.limit) throw new DownloadError(get.address, `is larger than ${get.limit} bytes`);
      chunks.push(chunk);
    }
    return Buffer.concat(chunks).toString("utf8");
  } finally {
    sent.end();
  }
}

function said(get: Get, error: unknown): unknown {
  if (error instanceof DownloadError || get.signal?.aborted) return error;
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = (cause as { readonly code?: unknown } | undefined)?.code;
  return new DownloadError(get.address, `could not be reached${typeof code === "string" ? ` (${code})` : ""}`, error);
}

/**
 * Asks what stands behind a moving name now: registries which manifest an image's tag names, GitHub which commit a tag or
 * branch of an action. Only registries that the machine's own clients are set up for are asked, never one because a file
 * names it. What cannot be asked is absent.
 */
import { createHash } from "node:crypto";
import type { FactsSources } from "./facts-sources.ts";
import { type ClientOptions, type PoliteClient, politeClient, type Reply, textOf } from "./polite-client.ts";
import { splitImage } from "./split-image.ts";

export interface ActionReference {
  /** `owner/name`. */
  readonly action: string;
  /** A tag or branch. */
  readonly ref: string;
}

export interface AskedReferences {
  /** `sha256:...` by the image as it is written. */
  readonly digests: ReadonlyMap<string, string>;
  /** By `actionKey`. */
  readonly commits: ReadonlyMap<string, string>;
}

/** One fix concerns few. */
const mostNames = 50;
const budgetMilliseconds = 60_000;

export async function askReferences(
  request: ClientOptions & {
    readonly sources: FactsSources;
    readonly images: Iterable<string>;
    readonly actions: Iterable<ActionReference>;
  },
): Promise<AskedReferences> {
  const { sources, fetch = globalThis.fetch } = request;
  const end = AbortSignal.timeout(budgetMilliseconds);
  const signal = request.signal ? AbortSignal.any([request.signal, end]) : end;
  const client = politeClient({ ...request, signal });
  const digests = new Map<string, string>();
  for (const image of [...request.images].slice(0, mostNames)) {
    const digest = await askDigest(image, sources, { client, fetch, signal });
    if (digest !== undefined) digests.set(image, digest);
  }
  const commits = new Map<string, string>();
  for (const [action, asked] of Map.groupBy([...request.actions].slice(0, mostNames), (one) => one.action)) {
    const refs = await refsOf(action, sources, client);
    for (const { ref } of asked) {
      const commit = refs.get(`refs/tags/${ref}`) ?? refs.get(`refs/heads/${ref}`) ?? refs.get(ref);
      if (commit !== undefined) commits.set(actionKey(action, ref), commit);
    }
  }
  return { digests, commits };
}

export function actionKey(action: string, ref: string): string {
  return `${action.toLowerCase()} ${ref}`;
}

interface Asking {
  readonly client: PoliteClient;
  readonly fetch: typeof globalThis.fetch;
  readonly signal: AbortSignal;
}

const manifests = [
  "application/vnd.oci.image.index.v1+json",
  "application/vnd.docker.distribution.manifest.list.v2+json",
  "application/vnd.oci.image.manifest.v1+json",
  "application/vnd.docker.distribution.manifest.v2+json",
].join(", ");

/** A digest is that of the bytes of the manifest, so nobody needs to be believed. */
async function askDigest(
  image: string,
  { images = [] }: FactsSources,
  { client, fetch, signal }: Asking,
): Promise<string | undefined> {
  const named = splitImage(image);
  const registry = named && images.find(({ hosts }) => hosts.includes(named.host ?? ""));
  if (!named || !registry) return undefined;
  const address = `${registry.address}/v2/${named.name}/manifests/${encodeURIComponent(named.tag)}`;
  const login = registry.login && `Basic ${Buffer.from(registry.login.reveal()).toString("base64")}`;
  const send = async (authorization: string | undefined): Promise<Response> =>
    fetch(address, {
      redirect: "error",
      signal,
      headers: { Accept: manifests, "User-Agent": "Sallyport", ...(authorization && { Authorization: authorization }) },
    });
  const answer = await client.turn(new URL(address).host, async () => {
    const first = await send(undefined);
    if (first.status !== 401) return replyOf(first);
    await first.body?.cancel();
    const challenge = first.headers.get("www-authenticate") ?? "";
    const token = /^bearer /i.test(challenge) ? await tokenFor(challenge, login, fetch, signal) : login;
    return replyOf(token === undefined ? first : await send(token));
  });
  return answer.is === "fetched" ? `sha256:${createHash("sha256").update(answer.text).digest("hex")}` : undefined;
}

/** As the registry says where: `Bearer realm="...",service="...",scope="..."`. */
async function tokenFor(
  challenge: string,
  login: string | undefined,
  fetch: typeof globalThis.fetch,
  signal: AbortSignal,
): Promise<string | undefined> {
  const fields = new Map([...challenge.matchAll(/(\w+)="([^"]*)"/g)].map(([, name = "", value = ""]) => [name, value]));
  const realm = fields.get("realm") ?? "";
  const url = URL.canParse(realm) ? new URL(realm) : undefined;
  if (!url || (url.protocol !== "https:" && !/^(?:localhost|127\.0\.0\.1|\[::1\])$/.test(url.hostname)))
    return undefined;
  for (const name of ["service", "scope"]) {
    const value = fields.get(name);
    if (value !== undefined) url.searchParams.set(name, value);
  }
  const response = await fetch(url, {
    redirect: "error",
    signal,
    headers: { "User-Agent": "Sallyport", ...(login !== undefined && { Authorization: login }) },
  });
  const body: unknown = response.ok ? JSON.parse(await textOf(chunksOf(response))) : {};
  const { token, access_token: other } = Object(body) as { readonly token?: unknown; readonly access_token?: unknown };
  const given = typeof token === "string" ? token : other;
  return typeof given === "string" && /^[\w.~+/=-]+$/.test(given) ? `Bearer ${given}` : undefined;
}

function replyOf(response: Response): Reply {
  return {
    status: response.status,
    header: (name) => response.headers.get(name),
    text: () => textOf(chunksOf(response)),
  };
}

async function* chunksOf({ body }: Response): AsyncGenerator<Uint8Array> {
  for await (const chunk of body ?? []) yield chunk;
}

/** What git lists of a repository: refs by name, a tag as the commit that it names. */
async function refsOf(
  action: string,
  { github }: FactsSources,
  client: PoliteClient,
): Promise<ReadonlyMap<string, string>> {
  const refs = new Map<string, string>();
  if (github === undefined || !/^[\w.-]{1,100}\/[\w.-]{1,100}$/.test(action) || action.includes("..")) return refs;
  const answer = await client.ask({ address: `${github}/${action}.git/info/refs?service=git-upload-pack` });
  if (answer.is !== "fetched") return refs;
  for (const line of answer.text.split("\n")) {
    const [, commit = "", name = ""] = /([0-9a-f]{64}|[0-9a-f]{40}) (refs\/[^\s\0]+)/.exec(line) ?? [];
    // An annotated tag comes twice, what it names last.
    if (name !== "") refs.set(name.replace(/\^\{\}$/, ""), commit);
  }
  return refs;
}

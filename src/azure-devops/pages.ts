/** The four ways in which Azure DevOps cuts lists into pages, each as one asynchronous iteration over the items. */
import { RemoteError } from "#model/remote-error.ts";
import type { OrganizationClient, RemoteRequest } from "./organization-client.ts";
import { optionalText, requiredNumber, type Wire, wireList, wireObject } from "./read-wire.ts";

/** No list of any organization is longer; a service that repeats itself must not keep us for ever. */
const mostPages = 10_000;

function endless(where: string): RemoteError {
  return new RemoteError("unexpected", `Azure DevOps does not come to an end with ${where}.`, { details: { where } });
}

/** Style 1: the token of the next page is in a header. Only its absence ends the list: pages may be short or empty. */
export async function* pagesByHeader(
  client: OrganizationClient,
  request: RemoteRequest,
  options: { readonly top: number; readonly where: string },
): AsyncGenerator<Wire> {
  let continuationToken: string | undefined;
  for (let page = 0; page < mostPages; page += 1) {
    const query = { ...request.query, $top: options.top, continuationToken };
    const { body, headers } = await client.request({ ...request, query });
    yield* wireList(body, options.where);
    const next = headers.get("x-ms-continuationtoken") ?? undefined;
    if (next === undefined || next === "") return;
    if (next === continuationToken) throw endless(options.where);
    continuationToken = next;
  }
  throw endless(options.where);
}

/** Style 2: counted by the caller. The names differ (`$top`, `top`, `searchCriteria.$top`); a short page is the last. */
export async function* pagesBySkip(
  client: OrganizationClient,
  request: RemoteRequest,
  options: { readonly top: number; readonly prefix: "$" | "" | "searchCriteria.$"; readonly where: string },
): AsyncGenerator<Wire> {
  const { top, prefix, where } = options;
  for (let page = 0; page < mostPages; page += 1) {
    const query = { ...request.query, [`${prefix}top`]: top, [`${prefix}skip`]: page * top };
    const items = wireList((await client.request({ ...request, query })).body, where);
    yield* items;
    if (items.length < top) return;
  }
  throw endless(where);
}

/** Style 2 as iteration changes do it: the body names the next page, and zeros end the list. */
export async function* pagesByNextSkip(
  client: OrganizationClient,
  request: RemoteRequest,
  options: { readonly top: number; readonly list: string; readonly where: string },
): AsyncGenerator<Wire> {
  let skip = 0;
  for (let page = 0; page < mostPages; page += 1) {
    const query = { ...request.query, $top: options.top, $skip: skip };
    const body = wireObject((await client.request({ ...request, query })).body, options.where);
    yield* wireList(body[options.list] ?? [], options.where);
    const next = body.nextSkip === undefined ? 0 : requiredNumber(body, "nextSkip", options.where);
    if (next === 0) return;
    if (next <= skip) throw endless(options.where);
    skip = next;
  }
  throw endless(options.where);
}

/** Style 3: the token of the next page is in the body. */
export async function* pagesByBody(
  client: OrganizationClient,
  request: RemoteRequest,
  options: { readonly list: string; readonly where: string },
): AsyncGenerator<Wire> {
  let continuationToken: string | undefined;
  for (let page = 0; page < mostPages; page += 1) {
    const query = { ...request.query, continuationToken };
    const body = wireObject((await client.request({ ...request, query })).body, options.where);
    yield* wireList(body[options.list] ?? [], options.where);
    const next = optionalText(body, "continuationToken");
    if (next === undefined || body.hasMore === false) return;
    if (next === continuationToken) throw endless(options.where);
    continuationToken = next;
  }
  throw endless(options.where);
}

/** Style 4: everything at once. */
export async function* wholeList(
  client: OrganizationClient,
  request: RemoteRequest,
  where: string,
): AsyncGenerator<Wire> {
  yield* wireList((await client.request(request)).body, where);
}

export async function collect<T, U>(items: AsyncIterable<T>, read: (item: T) => U): Promise<U[]> {
  const all: U[] = [];
  for await (const item of items) all.push(read(item));
  return all;
}

import assert from "node:assert/strict";
import { test } from "node:test";
import { RemoteError } from "#model/remote-error.ts";
import { path } from "./organization-client.ts";
import { collect, pagesByBody, pagesByHeader, pagesByNextSkip, pagesBySkip, wholeList } from "./pages.ts";
import { scriptedService } from "./testing/scripted-service.ts";

const request = { path: path`/_apis/things` };
const where = "things";
const items = Array.from({ length: 25 }, (_, id) => ({ id }));
const ids = items.map(({ id }) => id);
const idOf = (wire: Readonly<Record<string, unknown>>) => wire.id;

function queryOf(url: string | undefined): URLSearchParams {
  return new URL(url ?? "", "http://localhost").searchParams;
}

test("by header: short and empty pages do not end the list, the missing token does", async (t) => {
  const pages = [items.slice(0, 10), [], items.slice(10, 11), items.slice(11)];
  const { client, requests } = await scriptedService(t, (incoming) => {
    const page = Number(queryOf(incoming.url).get("continuationToken") ?? 0);
    const more = page < 3 ? { headers: { "x-ms-continuationtoken": String(page + 1) } } : {};
    return { body: { count: 1, value: pages[page] }, ...more };
  });
  assert.deepEqual(await collect(pagesByHeader(client, request, { top: 10, where }), idOf), ids);
  assert.equal(requests.length, 4);
  assert.equal(queryOf(requests[0]?.url).get("$top"), "10");
});

test("by skip: a short page is the last, under each of the three names", async (t) => {
  for (const prefix of ["$", "", "searchCriteria.$"] as const) {
    const { client, requests } = await scriptedService(t, (incoming) => {
      const query = queryOf(incoming.url);
      const skip = Number(query.get(`${prefix}skip`));
      return { body: { value: items.slice(skip, skip + Number(query.get(`${prefix}top`))) } };
    });
    assert.deepEqual(await collect(pagesBySkip(client, request, { top: 10, prefix, where }), idOf), ids);
    assert.equal(requests.length, 3);
  }
});

test("by the skip that the body names", async (t) => {
  const { client } = await scriptedService(t, (incoming) => {
    const skip = Number(queryOf(incoming.url).get("$skip"));
    const next = skip + 10 < items.length ? skip + 10 : 0;
    return { body: { changeEntries: items.slice(skip, skip + 10), nextSkip: next, nextTop: next === 0 ? 0 : 10 } };
  });
  const pages = pagesByNextSkip(client, request, { top: 10, list: "changeEntries", where });
  assert.deepEqual(await collect(pages, idOf), ids);
});

test("by the token that the body holds", async (t) => {
  const { client } = await scriptedService(t, (incoming) => {
    const from = Number(queryOf(incoming.url).get("continuationToken") ?? 0);
    const next = from + 10 < items.length ? String(from + 10) : null;
    return { body: { members: items.slice(from, from + 10), continuationToken: next } };
  });
  assert.deepEqual(await collect(pagesByBody(client, request, { list: "members", where }), idOf), ids);
});

test("everything at once, wrapped or bare", async (t) => {
  for (const body of [{ count: 25, value: items }, { value: items }, items]) {
    const { client } = await scriptedService(t, () => ({ body }));
    assert.deepEqual(await collect(wholeList(client, request, where), idOf), ids);
  }
});

test("a list without end, or that is none, is an error that says where", async (t) => {
  const again = await scriptedService(t, () => ({
    body: { value: items },
    headers: { "x-ms-continuationtoken": "same" },
  }));
  const isUnexpected = (error: unknown) => error instanceof RemoteError && error.code === "unexpected";
  await assert.rejects(collect(pagesByHeader(again.client, request, { top: 10, where }), idOf), isUnexpected);
  assert.equal(again.requests.length, 2);
  const back = await scriptedService(t, () => ({ body: { list: items, nextSkip: 5 } }));
  await assert.rejects(
    collect(pagesByNextSkip(back.client, request, { top: 5, list: "list", where }), idOf),
    isUnexpected,
  );
  for (const body of [{ value: null }, { value: [1] }, "text", null]) {
    const none = await scriptedService(t, () => ({
      body: JSON.stringify(body),
      headers: { "content-type": "application/json" },
    }));
    await assert.rejects(collect(wholeList(none.client, request, where), idOf), (error) => {
      return isUnexpected(error) && (error as RemoteError).details.where === where;
    });
  }
});

import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { secretValue } from "#model/secret-value.ts";
import { serveFiles } from "../testing/serve-files.ts";
import type { FactsSources } from "./facts-sources.ts";
import { type GatherRequest, gatherFacts } from "./gather-facts.ts";
import { openPackageFacts } from "./open-package-facts.ts";
import { limits } from "./polite-client.ts";

const folders: string[] = [];
after(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "sallyport-facts-"));
  folders.push(folder);
  return folder;
}

function addressOf(input: string | URL | Request): string {
  return input instanceof Request ? input.url : new URL(input).href;
}

interface Served {
  readonly json?: unknown;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Answers from a table; what is not in it is not there. */
function world(answers: Readonly<Record<string, Served | (() => Served)>>) {
  const asked: string[] = [];
  const logins = new Map<string, string>();
  const fetch: GatherRequest["fetch"] = async (input, init) => {
    const address = addressOf(input);
    asked.push(address);
    const headers = new Headers(init?.headers);
    logins.set(address, headers.get("authorization") ?? "");
    const found = answers[address];
    const {
      json,
      status = json === undefined ? 404 : 200,
      headers: sent = {},
    } = (typeof found === "function" ? found() : found) ?? {};
    const isSame = sent.etag !== undefined && headers.get("if-none-match") === sent.etag;
    return isSame
      ? new Response(null, { status: 304 })
      : new Response(json === undefined ? null : JSON.stringify(json), { status, headers: sent });
  };
  return { fetch, asked, logins };
}

const wait = async () => {};
const depsDev: FactsSources = { depsDev: "https://deps.example" };
const versionKey = { system: "NPM", name: "a", version: "1.0.0" };
const ofDepsDev = "https://deps.example/v3/systems/npm/packages/a/versions/1.0.0";
const answersOfDepsDev = {
  "https://deps.example/v3alpha/systems/npm/packages/a": {
    json: { versions: [{ versionKey, publishedAt: "2020-01-01T00:00:00Z", isDefault: true }] },
  },
  [ofDepsDev]: {
    json: {
      versionKey,
      licenses: ["MIT"],
      relatedProjects: [{ projectKey: { id: "github.com/o/a" }, relationType: "SOURCE_REPO" }],
    },
  },
  "https://deps.example/v3/projects/github.com%2Fo%2Fa": {
    json: { scorecard: { checks: [{ name: "Maintained", reason: "project is archived" }] } },
  },
  "https://deps.example/v3alpha/systems/npm/packages/a/versions/1.0.0:dependents": { json: { dependentCount: 7 } },
};
const a = { ecosystem: "npm", name: "a", versions: ["1.0.0"], isDirect: true } as const;

test("asks once, keeps it, and asks again only when it is old or another version is in use", async () => {
  const folder = emptyFolder();
  const { fetch, asked } = world(answersOfDepsDev);
  const gather = (packages: GatherRequest["packages"], day: string) =>
    gatherFacts({ packages, folder, sources: depsDev, fetch, wait, now: () => new Date(day) });
  assert.deepEqual(await gather([a, { ecosystem: "npm", name: "nobody" }], "2026-01-01"), {
    gathered: 2,
    skipped: 0,
    left: 0,
    problems: [],
  });
  assert.deepEqual(openPackageFacts(folder).factsOf("npm", "a"), {
    ecosystem: "npm",
    name: "a",
    source: "deps.example",
    asOf: "2026-01-01T00:00:00.000Z",
    versions: [{ version: "1.0.0", published: "2020-01-01T00:00:00Z", licenses: ["MIT"] }],
    repository: "https://github.com/o/a",
    isArchived: true,
    dependents: 7,
  });
  assert.equal(openPackageFacts(folder).factsOf("npm", "nobody"), undefined);
  assert.equal(asked.length, 5);
  assert.equal((await gather([a, { ecosystem: "npm", name: "nobody" }], "2026-01-05")).skipped, 2);
  assert.equal(asked.length, 5);
  assert.equal((await gather([{ ...a, versions: ["1.0.0", "1.0.1"] }], "2026-01-05")).gathered, 1);
  assert.equal((await gather([a], "2026-01-20")).gathered, 1);
});

test("a host that cannot be reached, refuses or asks for rest is left alone, with one problem", async () => {
  const packages = Array.from({ length: 30 }, (_, at) => ({ ecosystem: "npm", name: `p${at}` }) as const);
  let asked = 0;
  const gather = (fetch: GatherRequest["fetch"]) => {
    asked = 0;
    return gatherFacts({ packages, folder: emptyFolder(), sources: depsDev, wait, ...(fetch && { fetch }) });
  };
  const broken = await gather(async () => {
    asked += 1;
    throw new TypeError("fetch failed", { cause: Object.assign(new Error("no"), { code: "ENOTFOUND" }) });
  });
  assert.deepEqual(broken.problems, [
    { source: "deps.example", message: "deps.example could not be reached (ENOTFOUND): nothing more was asked there" },
  ]);
  assert.deepEqual([broken.gathered, broken.left], [0, 30]);
  assert.ok(asked <= limits.atOnce, String(asked));
  const refused = await gather(async () => {
    asked += 1;
    return new Response(null, { status: 401 });
  });
  assert.match(refused.problems[0]?.message ?? "", /^deps\.example refuses \(401\)/);
  assert.ok(asked <= limits.atOnce, String(asked));
  const busy = await gather(async () => new Response(null, { status: 429, headers: { "Retry-After": "3600" } }));
  assert.deepEqual(
    busy.problems.map(({ message }) => message),
    ["deps.example answered 429 and asks to come back in 3600 seconds: it is asked again the next time"],
  );
});

test("waits as long as a host says", async () => {
  const waited: number[] = [];
  let isFirst = true;
  const { fetch } = world({
    ...answersOfDepsDev,
    [ofDepsDev]: () => {
      if (!isFirst) return answersOfDepsDev[ofDepsDev] as Served;
      isFirst = false;
      return { status: 503, headers: { "Retry-After": "2" } };
    },
  });
  const result = await gatherFacts({
    packages: [a],
    folder: emptyFolder(),
    sources: depsDev,
    fetch,
    wait: async (milliseconds) => void waited.push(milliseconds),
  });
  assert.deepEqual(result, { gathered: 1, skipped: 0, left: 0, problems: [] });
  assert.ok(waited.includes(2000), waited.join());
});

const index = "https://own.example/nuget/index.json";
const answersOfNuget = {
  [index]: { json: { resources: [{ "@type": "RegistrationsBaseUrl/3.6.0", "@id": "https://own.example/nuget/r/" }] } },
  "https://own.example/nuget/r/contoso.core/index.json": {
    json: { items: [{ items: [{ catalogEntry: { version: "1.0.0", published: "2025-01-01T00:00:00Z" } }] }] },
    headers: { etag: '"1"' },
  },
};
const login = secretValue("any:p");

test("private names never go to a public address", async () => {
  const packages = [
    { ecosystem: "NuGet", name: "contoso.core", isDirect: true },
    { ecosystem: "NuGet", name: "serilog" },
    { ecosystem: "npm", name: "@contoso/a" },
    { ecosystem: "PyPI", name: "contoso-b" },
    { ecosystem: "Maven", name: "com.contoso:c", mayBePrivate: true },
  ] as const;
  const feed = { ecosystem: "NuGet", address: index, isPublic: false, login } as const;
  const publicOnes = async (sources: FactsSources) => {
    const { fetch, asked, logins } = world(answersOfNuget);
    await gatherFacts({ packages, folder: emptyFolder(), sources: { ...depsDev, ...sources }, fetch, wait });
    for (const [address, sent] of logins)
      assert.equal(sent !== "", address.startsWith("https://own.example/"), address);
    return asked
      .filter((address) => address.includes("deps.example"))
      .map((address) => decodeURIComponent(address.split("/packages/")[1] ?? ""));
  };
  assert.deepEqual(
    await publicOnes({ feeds: [{ ...feed, names: ["Contoso.*"] }], privateNames: ["@contoso/*", "contoso-*"] }),
    ["serilog"],
  );
  assert.deepEqual(await publicOnes({ feeds: [feed], privateNames: ["*contoso*"] }), []);
  assert.deepEqual(await publicOnes({ feeds: [feed], publicNames: ["Serilog*"], privateNames: ["*contoso*"] }), [
    "serilog",
  ]);
});

test("a private feed: marked as such, and asked whether it has changed", async () => {
  const folder = emptyFolder();
  const { fetch, asked } = world(answersOfNuget);
  const sources: FactsSources = {
    feeds: [{ ecosystem: "NuGet", address: index, isPublic: false, names: ["Contoso.*"], login }],
  };
  const gather = (day: string) =>
    gatherFacts({
      packages: [{ ecosystem: "NuGet", name: "contoso.core" }],
      folder,
      sources,
      fetch,
      wait,
      now: () => new Date(day),
    });
  await gather("2026-01-01");
  await gather("2026-02-01");
  assert.equal(asked.length, 4);
  const facts = openPackageFacts(folder).factsOf("NuGet", "contoso.core");
  assert.equal(facts?.asOf, "2026-02-01T00:00:00.000Z");
  assert.equal(facts.isPrivate, true);
  assert.deepEqual(facts.versions, [{ version: "1.0.0", published: "2025-01-01T00:00:00Z" }]);
});

test("credentials do not follow a redirect to another origin", async () => {
  const sent: string[] = [];
  const fetch: GatherRequest["fetch"] = async (input, init) => {
    sent.push(`${addressOf(input)} ${new Headers(init?.headers).has("authorization")}`);
    return addressOf(input) === index
      ? new Response(null, { status: 302, headers: { location: "https://other.example/index.json" } })
      : Response.json({});
  };
  const feeds = [{ ecosystem: "NuGet", address: index, isPublic: false, login }] as const;
  await gatherFacts({
    packages: [{ ecosystem: "NuGet", name: "x" }],
    folder: emptyFolder(),
    sources: { feeds },
    fetch,
    wait,
  });
  assert.deepEqual(sent, [`${index} true`, "https://other.example/index.json false"]);
});

test("npm's own client asks the registry of the scope, with its token", async () => {
  const folder = emptyFolder();
  await using server = await serveFiles({
    "/@contoso/a": JSON.stringify({
      time: { "1.0.0": "2025-01-01T00:00:00Z" },
      versions: { "1.0.0": { license: "MIT" } },
    }),
  });
  const tokens: (string | undefined)[] = [];
  const host = server.url.replace("http:", "");
  const npm = { "@contoso:registry": `${server.url}/`, [`${host}/:_authToken`]: secretValue("t") };
  server.spoil = (_, response) => {
    tokens.push(response.req.headers.authorization);
    return false;
  };
  const gather = (day: string) =>
    gatherFacts({
      packages: [{ ecosystem: "npm", name: "@contoso/a" }],
      folder,
      sources: { npm, ...depsDev },
      wait,
      now: () => new Date(day),
    });
  assert.deepEqual(await gather("2026-01-01"), { gathered: 1, skipped: 0, left: 0, problems: [] });
  assert.deepEqual(await gather("2026-02-01"), { gathered: 1, skipped: 0, left: 0, problems: [] });
  assert.deepEqual(server.answers, ["200 /@contoso/a", "304 /@contoso/a"]);
  assert.deepEqual(tokens, [`Bearer ${"t"}`, `Bearer ${"t"}`]);
  const facts = openPackageFacts(folder).factsOf("npm", "@contoso/a");
  assert.deepEqual([facts?.isPrivate, facts?.asOf], [true, "2026-02-01T00:00:00.000Z"]);
});

test("offline, and when the time is up, nothing is asked", async () => {
  const { fetch, asked } = world(answersOfDepsDev);
  const request = { packages: [a], folder: emptyFolder(), sources: depsDev, fetch, wait };
  assert.equal((await gatherFacts({ ...request, offline: true })).skipped, 1);
  assert.deepEqual(await gatherFacts({ ...request, signal: AbortSignal.abort() }), {
    gathered: 0,
    skipped: 0,
    left: 1,
    problems: [],
  });
  assert.deepEqual(asked, []);
});

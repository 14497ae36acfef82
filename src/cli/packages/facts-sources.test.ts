import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { publicSources } from "#knowledge/package-facts/facts-sources.ts";
import { gatherFacts } from "#knowledge/package-facts/gather-facts.ts";
import { openPackageFacts } from "#knowledge/package-facts/open-package-facts.ts";
import { type KnowledgeConfig, parseKnowledgeConfig } from "#knowledge/sources.ts";
import { serveFiles } from "#knowledge/testing/serve-files.ts";
import { type ClientRegistries, clientRegistries } from "./client-registries.ts";
import { openFactsSources } from "./facts-sources.ts";

const folders: string[] = [];
after(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "sallyport-asked-"));
  folders.push(folder);
  return folder;
}

function configOf(text: string): KnowledgeConfig["packageFacts"] {
  const parsed = parseKnowledgeConfig(text);
  assert.ok(parsed.is === "config");
  return parsed.config.packageFacts;
}

const noClients = (): ClientRegistries => ({ feeds: [], images: [], notices: [] });

/** A private feed that knows one package, and what stands in for deps.dev: whoever is asked leaves a line. */
async function askedBy(packageFacts: string): Promise<readonly string[]> {
  await using feed = await serveFiles({ "/simple/contoso-tool/": JSON.stringify({ files: [], versions: ["1.0.0"] }) });
  await using depsDev = await serveFiles();
  const home = emptyFolder();
  writeFileSync(join(home, ".netrc"), `machine ${new URL(feed.url).hostname} login any password ${"p"}`);
  const logins = new Set<string | undefined>();
  for (const server of [feed, depsDev])
    server.spoil = (_, response) => {
      logins.add(`${server === feed ? "feed" : "deps.dev"} ${response.req.headers.authorization}`);
      return false;
    };
  const read = () =>
    clientRegistries({
      ...{ home, machine: home, program: join(home, "bin", "node"), platform: "linux" },
      environment: { PIP_EXTRA_INDEX_URL: `${feed.url}/simple` },
    });
  const { sources } = openFactsSources(configOf(packageFacts.replace("DEPS", depsDev.url)), read);
  const packages = ["contoso-tool", "flask"].map((name) => ({ ecosystem: "PyPI", name }) as const);
  const folder = emptyFolder();
  if (sources) await gatherFacts({ packages, folder, sources, wait: async () => {} });
  for (const login of logins)
    assert.match(
      login ?? "",
      new RegExp(`^(?:feed Basic ${Buffer.from("any:p").toString("base64")}|deps.dev undefined)$`),
    );
  const known = openPackageFacts(folder).factsOf("PyPI", "contoso-tool");
  return [
    ...feed.answers.map((answer) => `feed: ${answer}`),
    ...depsDev.answers.map((answer) => `deps.dev: ${answer.split("/").at(-1)}`),
    ...(known ? [`known: ${known.versions.map(({ version }) => version).join()}`] : []),
  ].toSorted();
}

describe("who is asked about packages", () => {
  it("is deps.dev alone where no client is set up and nothing is configured", () => {
    const { sources, notices } = openFactsSources(configOf("{}"), noClients);
    assert.deepEqual(
      { ...sources },
      { ...publicSources, feeds: [], publicNames: [], privateNames: [], asksRegistries: true },
    );
    assert.deepEqual(notices, []);
  });

  it("is nobody where deps.dev is off and no client is set up", () => {
    assert.equal(openFactsSources(configOf("packageFacts: { depsDev: off }"), noClients).sources, undefined);
  });

  const ofFeed = ["feed: 200 /simple/contoso-tool/", "feed: 404 /simple/flask/", "known: 1.0.0"];
  const cases: readonly (readonly [string, string, readonly string[]])[] = [
    ["the user's feed only, whose names stay there", "packageFacts: { depsDev: DEPS }", ofFeed],
    [
      "deps.dev as well about names that are said to be public",
      "packageFacts: { depsDev: DEPS, publicNames: [fl*] }",
      ["deps.dev: flask", ...ofFeed],
    ],
    [
      "deps.dev as well, but about no name that is said to be private",
      'packageFacts: { depsDev: DEPS, publicNames: ["*"], privateNames: [contoso-*] }',
      ["deps.dev: flask", ...ofFeed],
    ],
    [
      "deps.dev only about public names where registries are off",
      "packageFacts: { depsDev: DEPS, registries: off, publicNames: [flask] }",
      ["deps.dev: flask"],
    ],
    ["nobody", "packageFacts: { depsDev: off, registries: off }", []],
  ];
  for (const [name, config, asked] of cases) {
    it(`is ${name}`, async () => assert.deepEqual(await askedBy(config), asked));
  }
});

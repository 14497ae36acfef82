/** The code of pipelines is read at the commit of a branch, with templates of other repositories, and not twice. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { sql } from "kysely";
import type { OrganizationClient } from "#azure-devops/organization-client.ts";
import { emulatedOrganization } from "#azure-devops/testing/emulated-organization.ts";
import type { OrganizationId } from "#model/ids.ts";
import type { RepositoryFact } from "#model/posture/code-facts.ts";
import { known, unknown } from "#model/posture/fact.ts";
import { factKeys } from "#model/posture/fact-key.ts";
import type { FactValues, OrganizationFacts, ProjectFacts } from "#model/posture/organization-facts.ts";
import type { DefinitionFact } from "#model/posture/pipeline-facts.ts";
import { withCrc32Base62 } from "#scan/secrets/examples/example-values.ts";
import { freshDatabase } from "#store/testing/fresh-database.ts";
import { sampleWorld } from "#store/testing/sample-world.ts";
import { addProject, addRepository } from "../../../emulator/build-world.ts";
import { readKeptSources } from "./read-kept-sources.ts";
import { readSources } from "./read-sources.ts";

const main = `resources:
  repositories:
  - { repository: tools, name: Tools/shared }
  - { repository: away, type: github, name: contoso/x, endpoint: c }
steps:
- checkout: self
  submodules: true
- template: /steps/own.yml
- template: build.yml@tools
- template: a.yml@away
- template: none.yml
`;

async function organization(t: Parameters<typeof emulatedOrganization>[0], deeper = "steps: []\n") {
  const emulated = await emulatedOrganization(t);
  const { world, organization: own, project } = emulated;
  const tools = addProject(world, own, "Tools");
  const app = await addRepository(world, own, project, "app", {
    files: {
      "ci/main.yml": main,
      "steps/own.yml": "steps:\n- template: deeper.yml\n",
      "steps/deeper.yml": deeper,
      ".gitmodules": '[submodule "a"]\n\turl = ../a\n',
    },
  });
  const shared = await addRepository(world, own, tools, "shared", {
    files: { "build.yml": "steps:\n- script: make\n" },
  });
  const definition: DefinitionFact = {
    ...{
      id: 1,
      name: "app",
      folder: "\\",
      revision: 1,
      url: "u",
      isEnabled: true,
      kind: "yaml",
      yamlPath: "ci/main.yml",
    },
    ...{ jobScope: "project", triggers: [], variables: [], variableGroupIds: [], steps: [] },
    repository: { kind: "azure-repos", id: app.id, name: "app", defaultBranch: "refs/heads/main" },
  };
  const elsewhere: DefinitionFact = { ...definition, id: 2, repository: { kind: "github", id: "c/x", name: "c/x" } };
  const repository = (id: string, name: string): RepositoryFact => ({
    ...{ id, name, defaultBranch: "refs/heads/main", isDisabled: false, isFork: false, size: 1, url: "u" },
  });
  const facts = {
    ...factsOf({}),
    ...{ id: own.id as OrganizationId, name: own.name, url: "https://dev.azure.com/contoso" },
    projects: [
      {
        id: project.id,
        name: project.name,
        ...factsOf({ definitions: [definition, elsewhere], repositories: [repository(app.id, "app")] }),
      },
      { id: tools.id, name: tools.name, ...factsOf({ repositories: [repository(shared.id, "shared")] }) },
    ] as unknown as readonly ProjectFacts[],
  } as OrganizationFacts;
  return { ...emulated, facts };
}

function factsOf(values: Partial<FactValues>): object {
  return Object.fromEntries(
    factKeys.map((key) => {
      const value = values[key];
      return [key, value === undefined ? unknown("not-read", "") : known(value, "2026-03-01T00:00:00Z")] as const;
    }),
  );
}

test("templates are read round by round, those of other repositories at the commit of their ref, and gaps say why", async (t) => {
  const { client, facts } = await organization(t);
  const sources = await readSources(client, facts, { signal: AbortSignal.timeout(60_000) });
  assert.equal(sources.length, 1);
  const [source] = sources;
  assert.ok(source);
  assert.match(source.commit, /^[\da-f]{40}$/);
  assert.deepEqual(
    [...source.files].map(([path, text]) => [path, typeof text === "string" ? "read" : text.missing]),
    [
      ["ci/main.yml", "read"],
      ["steps/own.yml", "read"],
      ["ci/none.yml", "there is no such file"],
      ["steps/deeper.yml", "read"],
      [".gitmodules", "read"],
    ],
  );
  const tools = source.others.get("tools");
  assert.deepEqual([tools?.name, tools?.ref], ["Tools/shared", "refs/heads/main"]);
  assert.match(tools?.commit ?? "", /^[\da-f]{40}$/);
  assert.deepEqual([...(tools?.files.keys() ?? [])], ["build.yml"]);
  assert.deepEqual(
    [...(source.others.get("away")?.files.values() ?? [])],
    [{ missing: "contoso/x is kept on GitHub, which Sallyport does not read" }],
  );
});

test("what is known at its commit is not asked for again", async (t) => {
  const { client, facts } = await organization(t);
  const kept = new Map<string, string>();
  const asked: string[] = [];
  const counting: OrganizationClient = {
    ...client,
    request: (request) => {
      asked.push(request.path.replace(/.*\//, ""));
      return client.request(request);
    },
  };
  const given = {
    signal: AbortSignal.timeout(60_000),
    known: async (...key: readonly string[]) => kept.get(key.join(" ")),
    keep: async (...all: readonly string[]) => void kept.set(all.slice(0, 3).join(" "), all[3] ?? ""),
  };
  const first = await readSources(counting, facts, given);
  const before = asked.length;
  const second = await readSources(counting, facts, given);
  assert.deepEqual(second, first);
  // Where the two refs stand, and the file that was missing.
  assert.deepEqual(asked.slice(before).toSorted(), ["items", "refs", "refs"]);
});

test("a file that holds a secret is read each time, and the others are kept", async (t) => {
  const token = withCrc32Base62("ghp_", "pipeline");
  const { client, facts } = await organization(t, `steps:\n- script: curl -H "Authorization: token ${token}" x\n`);
  const database = await freshDatabase();
  t.after(() => database.drop());
  const { db } = database.store;
  const { instanceId } = await sampleWorld(db);
  const given = { instanceId, signal: AbortSignal.timeout(60_000) };
  const read = () => readKeptSources({ db, now: () => new Date() }, client, facts, given);
  const first = await read();
  assert.deepEqual(await read(), first);
  assert(JSON.stringify(first.map(({ files }) => [...files.values()])).includes(token));
  const { rows: kept } = await sql<{ path: string; content: string }>`
    select path, content from pipeline_files`.execute(db);
  assert(kept.some(({ path }) => path.endsWith("main.yml")));
  assert(!JSON.stringify(kept).includes(token.slice(4)));
});

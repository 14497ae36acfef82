/** Azure DevOps is asked once how it puts a pipeline together, and a refusal is one for all that it concerns. */
import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import type { OrganizationClient } from "#azure-devops/organization-client.ts";
import { emulatedOrganization } from "#azure-devops/testing/emulated-organization.ts";
import type { OrganizationId } from "#model/ids.ts";
import { known, unknown } from "#model/posture/fact.ts";
import { factKeys } from "#model/posture/fact-key.ts";
import type { FactValues, OrganizationFacts, ProjectFacts } from "#model/posture/organization-facts.ts";
import type { DefinitionFact } from "#model/posture/pipeline-facts.ts";
import { defaultPostureSettings } from "#scan/posture/posture-settings.ts";
import { addDefinition } from "../../../emulator/build/definitions.ts";
import { addRepository, addToken } from "../../../emulator/build-world.ts";
import { judgeFacts } from "./judge-facts.ts";
import { type PreviewAnswer, previewSources } from "./preview-sources.ts";
import { readSources } from "./read-sources.ts";

const text = "steps:\n- script: make\n- bash: ./publish\n";
const signal = AbortSignal.timeout(60_000);

async function nine(t: TestContext) {
  const emulated = await emulatedOrganization(t);
  const { world, organization, project, user } = emulated;
  const app = await addRepository(world, organization, project, "app", { files: { "ci.yml": text } });
  const about = { projectId: project.id, repositoryId: app.id, yamlFilename: "ci.yml" };
  const definitions = "abcdefghi".split("").map((name): DefinitionFact => {
    const { id } = addDefinition(world, { organization }, { ...about, name }, { authoredBy: user.id });
    return {
      ...{ id, name, folder: "\\", revision: 1, url: "u", isEnabled: true, kind: "yaml", yamlPath: "ci.yml" },
      ...{ jobScope: "project", triggers: [], variables: [], variableGroupIds: [], steps: [] },
      repository: { kind: "azure-repos", id: app.id, name: "app", defaultBranch: "refs/heads/main" },
    };
  });
  const own = { id: organization.id as OrganizationId, name: organization.name, url: "https://dev.azure.com/contoso" };
  const facts = (revision = 1) =>
    ({
      ...{ ...factsOf({}), ...own },
      projects: [
        {
          ...{ id: project.id, name: project.name, visibility: "private" },
          ...factsOf({ definitions: definitions.map((one, index) => (index === 0 ? { ...one, revision } : one)) }),
        },
      ] as unknown as readonly ProjectFacts[],
    }) as OrganizationFacts;
  return { ...emulated, facts, sources: await readSources(emulated.client, facts(), { signal }) };
}

function factsOf(values: Partial<FactValues>): object {
  const told = (value: unknown) =>
    value === undefined ? unknown("not-read", "") : known(value, "2026-03-01T00:00:00Z");
  return Object.fromEntries(factKeys.map((key) => [key, told(values[key])]));
}

function counting(client: OrganizationClient) {
  const asked: string[] = [];
  const request: OrganizationClient["request"] = (one) => {
    asked.push(one.path);
    return client.request(one);
  };
  return { asked, client: { ...client, request } };
}

function keeping() {
  const kept = new Map<string, PreviewAnswer>();
  const key = (asked: object) => JSON.stringify(asked);
  return {
    known: async (asked: object) => kept.get(key(asked)),
    keep: async (asked: object, answer: PreviewAnswer) => void kept.set(key(asked), answer),
  };
}

test("each pipeline is asked for once, and again when it is another; only a difference is a gap", async (t) => {
  const { client, facts, sources } = await nine(t);
  const counted = counting(client);
  const given = { sources, signal, ...keeping() };
  const first = await previewSources(counted.client, facts(), given);
  assert.equal(counted.asked.length, 9);
  assert.ok(first.every(({ preview }) => preview?.includes("CmdLine@2")));
  assert.deepEqual(await previewSources(counted.client, facts(), given), first);
  assert.equal(counted.asked.length, 9);
  await previewSources(counted.client, facts(2), given);
  assert.equal(counted.asked.length, 10);
  // As if a template were put together otherwise here.
  const [one, ...others] = first;
  assert.ok(one);
  const changed = { ...one, files: new Map([["ci.yml", `${text}- script: more\n`]]) };
  const judged = judgeFacts({
    ...{ facts: facts(), sources: [changed, ...others], settings: defaultPostureSettings, now: new Date() },
  });
  const differs = (gaps: readonly string[]) =>
    gaps.filter((gap) => /puts this pipeline together differently/.test(gap));
  assert.deepEqual(
    judged.bills.map(({ gaps }) => differs(gaps).length),
    [1, 0, 0, 0, 0, 0, 0, 0, 0],
  );
  assert.match(differs(judged.bills[0]?.gaps ?? [])[0] ?? "", /the job #1 has 1 step fewer/);
});

test("a refusal is told once for all, and not asked for by every pipeline", async (t) => {
  const { clientOf, world, organization, user, facts, sources } = await nine(t);
  const counted = counting(clientOf(addToken(world, user, { scopes: ["code"], organization })));
  const given = { sources, signal, ...keeping() };
  const first = await previewSources(counted.client, facts(), given);
  assert.ok(counted.asked.length < 9, counted.asked.join("\n"));
  assert.ok(first.every(({ preview, previewRefused }) => preview === undefined && previewRefused !== undefined));
  const before = counted.asked.length;
  await previewSources(counted.client, facts(), given);
  assert.equal(counted.asked.length, before);
  const { gaps, bills } = judgeFacts({
    ...{ facts: facts(), sources: first, settings: defaultPostureSettings, now: new Date() },
  });
  const told = gaps.filter((gap) => /9 of 9 pipelines/.test(gap));
  assert.equal(told.length, 1, gaps.join("\n"));
  assert.ok(bills.every((bill) => bill.gaps.every((gap) => !/differently/.test(gap))));
});

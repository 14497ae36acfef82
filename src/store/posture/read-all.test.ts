import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { AttackPath } from "#model/posture/attack-path.ts";
import type { PipelineOverview } from "#model/posture/pipeline-overview.ts";
import type { Severity } from "#model/severity.ts";
import { type FreshDatabase, freshDatabase } from "../testing/fresh-database.ts";
import { type SampleWorld, sampleTime, sampleWorld } from "../testing/sample-world.ts";
import { allAttackPaths, replaceAttackPaths } from "./attack-paths.ts";
import { allResults } from "./list-posture-results.ts";
import { allPipelines, replacePipelines } from "./pipelines.ts";
import { type NewResult, replaceResults } from "./posture-results.ts";

const everything = { is: "everything" } as const;
const names = ["a", "b", "c", "d", "e"];
const rank = (name: string) => names.indexOf(name) + 1;

describe("posture as a whole", () => {
  let database: FreshDatabase;
  let world: SampleWorld;
  let owner: { readonly id: SampleWorld["organizationId"]; readonly instanceId: SampleWorld["instanceId"] };
  before(async () => {
    database = await freshDatabase();
    world = await sampleWorld(database.store.db);
    owner = { id: world.organizationId, instanceId: world.instanceId };
  });
  after(() => database.drop());
  const db = () => database.store.db;

  /** Two at once; after the first the one that was read first goes, and the last one comes before all others. */
  async function readWhileItChanges<Row>(
    write: (rows: readonly string[], foremost?: string) => Promise<void>,
    read: AsyncIterable<Row>,
    nameOf: (row: Row) => string,
  ): Promise<readonly string[]> {
    await write(names);
    const seen: string[] = [];
    for await (const row of read) {
      seen.push(nameOf(row));
      if (seen.length === 2) await write(names.slice(1), "e");
    }
    return seen;
  }

  it("reads each result once", async () => {
    const result = (name: string, severity: Severity): NewResult => ({
      ...{ fingerprint: name, rule: "cicd/a", category: "pipeline", resourceKind: "pipeline", resourceId: name },
      ...{ resourceName: name, answer: "fail", severity, evidence: [], hash: severity },
    });
    const write = (rows: readonly string[], foremost?: string) =>
      replaceResults(
        db(),
        owner,
        rows.map((name) => result(name, name === foremost ? "critical" : "low")),
        sampleTime,
      );
    const read = allResults(db(), everything, { organizationId: owner.id }, 2);
    assert.deepEqual(await readWhileItChanges(write, read, ({ fingerprint }) => fingerprint), names);
  });

  it("reads each attack path once", async () => {
    const node = { kind: "cloud", id: "c", name: "Production" } as const;
    const path = (id: string, severity: Severity): AttackPath => ({
      ...{ id, rule: "cicd/path", entry: node, target: node, severity, certainty: "run", alternatives: 0, edges: [] },
      cut: { changes: [], isComplete: true },
    });
    const write = (rows: readonly string[], foremost?: string) =>
      replaceAttackPaths(db(), owner, {
        paths: rows.map((name) => path(name, name === foremost ? "critical" : "low")),
        at: sampleTime,
      });
    const read = allAttackPaths(db(), everything, { organizationId: owner.id }, 2);
    assert.deepEqual(await readWhileItChanges(write, read, ({ path: { id } }) => id), names);
  });

  it("reads each pipeline once", async () => {
    const about = (name: string): PipelineOverview => ({
      ...{ name, folder: "\\", url: "", kind: "yaml", isEnabled: true, revision: 1, starts: [], uses: [], gaps: [] },
      repository: { kind: "azure-repos", id: "r", name: "web" },
      identity: { name: "build", reach: "project" },
      exposure: {
        ...{ pullRequests: { is: "no" }, forks: { is: "no" }, openBranches: { is: "no" }, webhooks: { is: "no" } },
        injections: [],
      },
    });
    const write = (rows: readonly string[], foremost?: string) =>
      replacePipelines(db(), owner, {
        projects: [world.projectId],
        pipelines: rows.map((name) => ({
          projectId: world.projectId,
          definitionId: rank(name),
          about: about(name === foremost ? "0" : name),
        })),
        at: sampleTime,
      });
    const read = allPipelines(db(), everything, { organizationId: owner.id }, 2);
    const numbers = await readWhileItChanges(write, read, ({ definitionId }) => String(definitionId));
    assert.deepEqual(
      numbers,
      names.map((name) => String(rank(name))),
    );
  });
});

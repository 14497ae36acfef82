/** What is found, how sure it is, and that it is told once. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { FactValues } from "#model/posture/organization-facts.ts";
import type { CheckSettings } from "#model/posture/resource-facts.ts";
import { examplePipeline } from "../example-facts.ts";
import {
  exampleCheck,
  exampleConnectionId,
  exampleEnvironment,
  examplePermission,
  examplePool,
  exampleVariableGroup,
} from "../resource-examples.ts";
import {
  classic,
  classicProject,
  cloud,
  definition,
  deploying,
  endsOf,
  pathsOf,
  people,
  repository,
  run,
  toCloud,
  usesCloud,
} from "./testing/small-organization.ts";

const checks = (...settings: readonly CheckSettings[]): Pick<FactValues, "checks"> => ({
  checks: settings.map((one) => exampleCheck("connection", exampleConnectionId, one)),
});

test("a contributor reaches the cloud by a branch of their own, each edge with its proof", () => {
  const path = toCloud(pathsOf(classic()));
  assert.ok(path);
  assert.deepEqual(
    path.edges.map(({ is, to }) => `${is} ${to.name}`),
    [
      "can-create-branch a new branch of payments",
      "starts payments from a new branch",
      "uses azure-prod",
      "assumes subscription Production",
    ],
  );
  assert.equal(path.severity, "critical");
  assert.equal(path.certainty, "authorised");
  assert.equal(path.rule, "cicd/path-contributor-reaches-cloud");
  assert.ok(path.edges.every(({ evidence, says }) => evidence.length > 0 && says.endsWith(".")));
  assert.ok(path.edges.every(({ from }, index) => index === 0 || from === path.edges[index - 1]?.to));
});

describe("what is not known makes a way possible, and is said", () => {
  for (const key of ["checks", "pipelinePermissions", "access", "branchPolicies"] as const) {
    test(key, () => {
      const { [key]: _, ...known } = classicProject;
      const found = pathsOf({ ...classic(), project: known });
      const path = toCloud(found);
      assert.equal(path?.certainty, key === "branchPolicies" ? "authorised" : "possible");
      assert.ok(found.gaps.some((gap) => gap.includes("Nobody asked.")));
      if (key !== "branchPolicies")
        assert.match(
          path?.edges.map(({ says, guards }) => says + guards.join("")).join("") ?? "",
          /not known|not seen/,
        );
    });
  }

  test("a possible path is milder", () => {
    assert.equal(toCloud(pathsOf(classic(checks({ is: "other", name: "REST" }))))?.severity, "high");
  });
});

test("a run of a branch nobody reviews, that used the connection, proves it", () => {
  const project = {
    runs: [run(90, "refs/heads/feature/x")],
    connectionUses: [{ connectionId: exampleConnectionId, uses: [{ definitionId: 7, runId: 90 }] }],
  };
  const path = toCloud(pathsOf(classic(project)));
  assert.deepEqual(
    path?.edges.map(({ certainty }) => certainty),
    ["run", "run", "run", "authorised"],
  );
});

describe("one finding for each class and target", () => {
  test("two pipelines, one target", () => {
    const other = examplePipeline({ definition: { ...definition, id: 8, name: "nightly" }, uses: [usesCloud] });
    const found = pathsOf(classic({ definitions: [definition, other.definition] }, { pipelines: [deploying, other] }));
    assert.deepEqual(endsOf(found), ["Contributors of Payments > subscription Production"]);
    assert.ok((found.paths[0]?.alternatives ?? 0) > 0);
  });

  test("two connections to one subscription are one target, and both have to be guarded", () => {
    const twin = { ...cloud, id: "c2", name: "azure-prod-2" };
    const found = pathsOf(
      classic({
        connections: [cloud, twin],
        pipelinePermissions: [cloud, twin].map(({ id }) => examplePermission("connection", id, true)),
      }),
    );
    assert.equal(found.paths.length, 1);
    assert.equal(found.paths[0]?.cut.changes.length, 2);
    assert.equal(found.paths[0]?.cut.isComplete, true);
    assert.deepEqual(
      found.paths[0]?.cut.changes.map(({ edge }) => edge).toSorted((a, b) => a - b),
      [-1, 2],
    );
  });

  test("secrets, files, production, machines", () => {
    const found = pathsOf(
      classic(
        {
          connections: [],
          variableGroups: [exampleVariableGroup()],
          secureFiles: [{ id: "f1", name: "signing-prod.pfx" }],
          environments: [exampleEnvironment("production"), exampleEnvironment("test", 6)],
          queues: [{ id: 4, name: "build-machines", poolId: 2 }],
          pipelinePermissions: [
            examplePermission("variable-group", "3", true),
            examplePermission("secure-file", "f1", true),
            examplePermission("environment", "5", true),
            examplePermission("queue", "4", true),
          ],
        },
        { organization: { people, pools: [examplePool()], feeds: [] }, pipelines: [] },
      ),
    );
    assert.deepEqual(
      found.paths.map(({ target, severity }) => `${target.kind} ${target.name} ${severity}`).toSorted(),
      [
        "environment production high",
        "pool build-machines medium",
        "secure-file signing-prod.pfx high",
        "variable-group payments medium",
      ],
    );
  });
});

test("twice as many projects are twice as much to look at", () => {
  const of = (count: number) => {
    const others = Object.fromEntries(
      Array.from({ length: count - 1 }, (_, index) => {
        const own = repository({ id: `r${index + 2}` });
        const built = { ...definition, repository: { ...definition.repository, id: own.id } };
        const { access: _unknown, ...rest } = classicProject;
        const connection = { ...cloud, id: `c${index}`, projectIds: [], data: { subscriptionId: `s${index}` } };
        const pipelinePermissions = [examplePermission("connection", connection.id, true)];
        const code = { repositories: [own], definitions: [built] };
        return [`Project${index}`, { ...rest, ...code, connections: [connection], pipelinePermissions }];
      }),
    );
    return pathsOf(classic({}, { others }));
  };
  const [few, more, many] = [of(20), of(110), of(200)];
  assert.deepEqual([few.paths.length, more.paths.length, many.paths.length], [20, 110, 200]);
  assert.equal(many.graph.edges - more.graph.edges, more.graph.edges - few.graph.edges);
});

test("the same facts give the same ids, and names do not matter to them", () => {
  const [one] = pathsOf(classic()).paths;
  const [renamed] = pathsOf(classic({ connections: [{ ...cloud, name: "azure-production" }] })).paths;
  assert.equal(one?.id, renamed?.id);
});

test("of as many paths as are told nobody says that there are more", () => {
  const ids = Array.from({ length: 5000 }, (_, number) => `connection-${number}`);
  const connections = ids.map((id) => ({ ...cloud, id, data: { ...cloud.data, subscriptionId: id } }));
  const pipelinePermissions = ids.map((id) => examplePermission("connection", id, true));
  const uses = ids.map((id) => ({ ...usesCloud, id, name: id }));
  const { paths, gaps } = pathsOf(
    classic({ connections, pipelinePermissions }, { pipelines: [examplePipeline({ definition, uses })] }),
  );
  assert.equal(paths.length, 5000);
  assert.ok(!gaps.some((gap) => gap.includes("paths are told")));
});

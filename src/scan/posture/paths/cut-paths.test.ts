/** Which settings end a path, in which order, and what they would have met. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { FactValues } from "#model/posture/organization-facts.ts";
import type { CheckSettings } from "#model/posture/resource-facts.ts";
import { exampleProjectId, type PostureExample } from "../posture-example.ts";
import {
  exampleApproval,
  exampleBranchControl,
  exampleCheck,
  exampleConnectionId,
  exampleKeyConnection,
  examplePermission,
} from "../resource-examples.ts";
import {
  access,
  classic,
  cloud,
  pathsOf,
  people,
  policy,
  run,
  toCloud,
  usualGrant,
} from "./testing/small-organization.ts";

const checks = (...settings: readonly CheckSettings[]): Pick<FactValues, "checks"> => ({
  checks: settings.map((one) => exampleCheck("connection", exampleConnectionId, one)),
});

describe("the cut", () => {
  const runs = [
    run(1, "refs/heads/main"),
    run(2, "refs/heads/main"),
    run(3, "refs/heads/feature/x", { queuedAt: "2026-02-19T12:00:00Z" }),
  ];

  test("each single change ends the path when it is made", () => {
    const ended: readonly PostureExample[] = [
      classic(checks(exampleBranchControl())),
      classic(checks(exampleApproval())),
    ];
    for (const example of ended) assert.equal(toCloud(pathsOf(example)), undefined);
    assert.match(
      toCloud(pathsOf(classic()))?.cut.changes[0]?.what ?? "",
      /add branch control to allow refs\/heads\/main alone/,
    );
  });

  test("side effects are the runs that it would have met", () => {
    const [change] = toCloud(pathsOf(classic({ runs })))?.cut.changes ?? [];
    assert.deepEqual(change?.sideEffects, { runs: 1, days: 10, pipelines: ["payments"] });
  });

  test("where the default branch is not protected either, an approval is one setting that does it", () => {
    const path = toCloud(pathsOf(classic({ runs, branchPolicies: [] })));
    assert.equal(path?.cut.changes.length, 1);
    assert.equal(path.cut.isComplete, true);
  });

  test("what ends most comes first, and says how much", () => {
    const twin = exampleKeyConnection({
      id: "c2",
      name: "azure-test",
      data: { subscriptionId: "s2", subscriptionName: "Test" },
    });
    const project = {
      connections: [cloud, twin],
      pipelinePermissions: [cloud, twin].map(({ id }) => examplePermission("connection", id, true)),
      ...checks(exampleBranchControl()),
      branchPolicies: [policy("minimumReviewers", { minimumApproverCount: 1, creatorVoteCounts: true })],
    };
    const both = { checks: [cloud, twin].map(({ id }) => exampleCheck("connection", id, exampleBranchControl())) };
    const { paths } = pathsOf(classic({ ...project, ...both }));
    assert.equal(paths.length, 2);
    for (const { cut } of paths) {
      assert.match(cut.changes[0]?.what ?? "", /Branch policies of main/);
      assert.deepEqual([cut.changes[0]?.closes, cut.changes[0]?.of], [2, 2]);
    }
  });

  test("a protected branch that a build service passes by needs two settings", () => {
    const service = {
      descriptor: "svc.payments",
      name: "Payments Build Service (contoso)",
      kind: "build-identity" as const,
      isDeletedInOrigin: false,
      buildsFor: exampleProjectId,
    };
    const grant = { subject: "svc.payments", git: ["GenericContribute", "PolicyExempt"] } as const;
    const organization = { people: { ...people, users: [...people.users, service] }, pools: [], feeds: [] };
    const example = classic(
      { access: access([usualGrant, grant]), ...checks(exampleBranchControl()) },
      { organization },
    );
    const path = toCloud(pathsOf(example));
    assert.ok(path);
    assert.ok(path.edges.some(({ is }) => is === "can-bypass"));
    assert.match(path.cut.changes[0]?.what ?? "", /Bypass policies when pushing.*Build Service/);
  });
});

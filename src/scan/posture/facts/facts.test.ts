/** Small questions that many rules ask. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { BranchScope } from "#model/posture/code-facts.ts";
import {
  exampleGroup,
  examplePolicy,
  exampleRelease,
  exampleRepository,
  exampleStage,
  exampleUser,
} from "../example-facts.ts";
import { breadthOf, isBuildIdentity } from "./broad-groups.ts";
import { membershipOf } from "./membership.ts";
import { coversPath } from "./path-filters.ts";
import { heldBranches, matchesPattern, policiesOfBranch } from "./policies-of-branch.ts";
import { isProduction } from "./production.ts";
import { productionStages } from "./production-stages.ts";

const words = ["production", "prod", "prd", "live"];

test("production is a word of its own in a name", () => {
  const names = {
    yes: ["Production", "prod", "payments-prod", "PaymentsProd", "PROD-EU", "prod2", "eu_PRD", "live", "prod.payments"],
    no: [
      "product",
      "products",
      "nonprod",
      "non-prod",
      "Non Production",
      "preprod",
      "pre-production",
      "delivery",
      "reproduce",
    ],
  };
  assert.deepEqual(
    names.yes.filter((name) => !isProduction(name, words)),
    [],
  );
  assert.deepEqual(
    names.no.filter((name) => isProduction(name, words)),
    [],
  );
});

test("the last stage is production unless a name says otherwise", () => {
  const named = (...names: readonly string[]) =>
    productionStages(
      exampleRelease({ stages: names.map((name, rank) => exampleStage({ id: rank, rank, name })) }),
      words,
    ).map(({ stage }) => stage.name);
  assert.deepEqual(named("Test", "Prod EU", "Prod US"), ["Prod EU", "Prod US"]);
  assert.deepEqual(named("Build", "Customers"), ["Customers"]);
  assert.deepEqual(named("Dev", "Test"), []);
  assert.deepEqual(named("Deploy"), []);
});

test("a policy holds on the branches of its scope", () => {
  const repository = exampleRepository({ branches: ["refs/heads/main", "refs/heads/release/2", "refs/heads/topic"] });
  const branches = heldBranches(repository, { releaseBranches: ["refs/heads/release/*"] });
  const held = (scope: BranchScope) =>
    branches
      .filter((branch) => policiesOfBranch([examplePolicy("build", { scopes: [scope] })], branch).length > 0)
      .map(({ ref }) => ref);
  const main = "refs/heads/main";
  const release = "refs/heads/release/2";
  assert.deepEqual(
    branches.map(({ ref }) => ref),
    [main, release],
  );
  assert.deepEqual(held({ match: "default-branch" }), [main]);
  assert.deepEqual(held({ refName: main, match: "exact" }), [main]);
  assert.deepEqual(held({ refName: "refs/heads/release", match: "prefix" }), [release]);
  assert.deepEqual(held({ refName: "refs/heads/release/", match: "prefix" }), [release]);
  assert.deepEqual(held({ refName: "refs/heads/rel", match: "prefix" }), []);
  assert.deepEqual(held({ match: "exact" }), [main, release]);
  assert.deepEqual(held({ repositoryId: repository.id.toUpperCase(), match: "exact" }), [main, release]);
  assert.deepEqual(held({ repositoryId: "another", match: "exact" }), []);
});

test("patterns with many stars are read once", () => {
  assert.equal(matchesPattern("refs/heads/release/1", "refs/heads/*/1"), true);
  assert.equal(matchesPattern("ab", "ab*b"), false);
  assert.equal(matchesPattern("a".repeat(50_000), `${"*a".repeat(10_000)}b`), false);
});

test("filters of paths are read in order", () => {
  const covered = (patterns: readonly string[], path = "/deploy/azure-pipelines.yml") => coversPath(patterns, path);
  assert.equal(covered([]), true);
  assert.equal(covered(["*.yml"]), true);
  assert.equal(covered(["azure-pipelines.yml"]), true);
  assert.equal(covered(["/azure-pipelines.yml"]), false);
  assert.equal(covered(["/deploy"]), true);
  assert.equal(covered(["/deploy/*"]), true);
  assert.equal(covered(["/Deploy/*.YML"]), true);
  assert.equal(covered(["*.yml", "!/deploy/*"]), false);
  assert.equal(covered(["!/deploy/*", "*.yml"]), true);
  assert.equal(covered(["!/docs/*"]), true);
  assert.equal(coversPath(undefined, "/a"), true);
});

test("a group is broad by its name, by what it holds, and by how many it has", () => {
  const users = ["A", "B", "C"].map((name) => exampleUser(name));
  const leads = exampleGroup("Leads");
  const wide = exampleGroup("Wide");
  const entra = exampleGroup("SG-Developers", { descriptor: "aadgp.developers", isFromEntra: true });
  const around = exampleGroup("Around");
  const contributors = exampleGroup("Contributors");
  const membership = membershipOf({
    users,
    groups: [leads, wide, entra, around, contributors],
    members: {
      [leads.descriptor]: users.map(({ descriptor }) => descriptor),
      [wide.descriptor]: [contributors.descriptor],
      [around.descriptor]: [entra.descriptor],
    },
  });
  const broad = ({ descriptor, name }: { descriptor: string; name: string }, broadFrom = 50) =>
    breadthOf({ subject: descriptor, name }, membership, { broadFrom }).is;
  assert.equal(broad({ descriptor: "x", name: "[contoso]\\Project Collection Valid Users" }), "everybody");
  assert.equal(broad(leads), "few");
  assert.equal(broad(leads, 2), "many");
  assert.equal(broad(wide), "everybody");
  assert.equal(broad(entra), "unknown");
  assert.equal(broad(around), "unknown");
  assert.equal(broad({ descriptor: "vssgp.admins", name: "[Payments]\\Project Administrators" }), "few");
  assert.equal(broad({ descriptor: "aad.somebody", name: "Somebody" }), "few");
  assert.equal(breadthOf({ subject: leads.descriptor, name: "Leads" }, undefined, { broadFrom: 2 }).is, "unknown");
});

test("builds act as identities of their own", () => {
  const is = (name: string) => isBuildIdentity({ subject: "svc.1", name }, undefined);
  assert.equal(is("Payments Build Service (contoso)"), true);
  assert.equal(is("Project Collection Build Service (contoso)"), true);
  assert.equal(is("Build Administrators"), false);
  assert.equal(is("Build Service Team"), false);
});

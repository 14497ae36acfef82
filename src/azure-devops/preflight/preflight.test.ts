import assert from "node:assert/strict";
import { test } from "node:test";
import type { CheckedFeature, Preflight } from "#model/preflight.ts";
import { RemoteError } from "#model/remote-error.ts";
import { type FeatureName, scopes } from "#model/scopes.ts";
import { addProject, addToken, addUser } from "../../../emulator/build-world.ts";
import type { GroupName } from "../../../emulator/world.ts";
import { scopeTitle } from "../missing-right.ts";
import { bearer, emulatedDirectory, signedIn } from "../testing/emulated-directory.ts";
import { emulatedOrganization } from "../testing/emulated-organization.ts";
import { preflight } from "./preflight.ts";

/** No call tells of these to an access token. */
const untold = ["User.Read", "vso.entitlements", "vso.analytics", "vso.tokens"];
const names = scopes.map(({ name }) => name.replace("vso.", ""));

const verdicts = (found: Preflight, verdict: string) =>
  found.scopes.filter((one) => one.verdict === verdict).map(({ scope }) => scope);
const feature = (found: Preflight, name: FeatureName): CheckedFeature => {
  const one = found.features.find((checked) => checked.feature === name);
  assert.ok(one);
  return one;
};
const works = (found: Preflight) =>
  Object.fromEntries(found.features.map((one) => [one.feature, one.works])) as Record<FeatureName, string>;

async function open(...where: Parameters<typeof emulatedOrganization>) {
  const there = await emulatedOrganization(...where);
  const { world, organization, clientOf } = there;
  const administrator = addUser(world, "Grace Hopper", { organization, group: "collection administrators" });
  const withScopes = (scopesHeld: readonly string[], user = administrator) =>
    clientOf(addToken(world, user, { organization, scopes: scopesHeld }));
  return { ...there, administrator, withScopes };
}

test("a token without one scope lacks exactly that one, and the features that need it say so", async (t) => {
  const { withScopes, organization } = await open(t);
  const whole = await preflight(withScopes(names));
  assert.deepEqual(verdicts(whole, "unknown"), untold);
  assert.deepEqual(verdicts(whole, "missing"), []);
  assert.deepEqual(
    whole.features.filter((one) => one.works !== "yes").map((one) => one.feature),
    ["discover"],
  );
  for (const { name, neededFor } of scopes) {
    if (untold.includes(name)) continue;
    const found = await preflight(withScopes(names.filter((held) => `vso.${held}` !== name)));
    assert.deepEqual(verdicts(found, "missing"), [name]);
    const changed = found.features.filter((one) => one.works !== works(whole)[one.feature]);
    assert.ok(changed.length > 0, name);
    const title = name === "vso.code_write" ? "Code (" : scopeTitle(name);
    for (const one of changed) {
      assert.ok((neededFor as readonly FeatureName[]).includes(one.feature), `${name}: ${one.feature}`);
      assert.ok(
        one.missing.some((text) => text.startsWith(title)),
        `${name}: ${one.missing.join()}`,
      );
      assert.match(one.reason, /missing|cannot/);
    }
  }
  assert.deepEqual([organization.pullRequests.length, organization.workItems.length], [0, 0], "nothing was changed");
});

test("two missing scopes are both named, with the features that are lost", async (t) => {
  const { withScopes } = await open(t);
  const found = await preflight(withScopes(names.filter((held) => !["work_write", "build"].includes(held))));
  assert.deepEqual(verdicts(found, "missing"), ["vso.build", "vso.work_write"]);
  assert.deepEqual(feature(found, "work-items").works, "no");
  assert.deepEqual(feature(found, "work-items").missing, ["Work Items (Read & write)"]);
  assert.deepEqual(feature(found, "builds").works, "no");
  assert.deepEqual(feature(found, "builds").missing, ["Build (Read)"]);
  assert.equal(feature(found, "posture").works, "in-part");
  assert.match(feature(found, "posture").reason, /nobody knows pipelines, .*, for Build \(Read\) is missing/);
});

test("a token that reads code is told from one that sees nothing of it", async (t) => {
  const { withScopes } = await open(t);
  const reading = await preflight(withScopes(["code", "project"]));
  const { scan, comment, status, fix, hooks, posture } = works(reading);
  assert.deepEqual(
    { scan, comment, status, fix, hooks, posture },
    {
      scan: "yes",
      comment: "no",
      status: "no",
      fix: "no",
      hooks: "yes",
      posture: "in-part",
    },
  );
  assert.match(reading.scopes.find(({ scope }) => scope === "vso.code_write")?.reason ?? "", /for reading only/);
  const poor = await preflight(withScopes(["graph"]));
  assert.deepEqual(feature(poor, "scan").missing, ["Project and Team (Read)", "Code (Read)"]);
  assert.equal(works(poor).hooks, "no");
});

test("rights are told per project, for readers, contributors and both kinds of administrators", async (t) => {
  const { world, organization, project, withScopes } = await open(t);
  const other = addProject(world, organization, "Other");
  const check = async (name: string, group: GroupName, where?: typeof project) => {
    const options = { organization, group, ...(where && { project: where }) };
    const user = addUser(world, name, options);
    if (where) organization.memberships.push({ userId: user.id, group: "readers" });
    const found = await preflight(withScopes(["full"], user));
    assert.deepEqual(verdicts(found, "missing"), [], "rights are no scopes");
    const roles = found.roles.map((one) => [one.project?.name ?? "", one.verdict]);
    return { found, roles, works: works(found) };
  };
  const reader = await check("Rea Der", "readers");
  assert.deepEqual(reader.roles, [
    ["", "missing"],
    [project.name, "missing"],
    [other.name, "missing"],
  ]);
  assert.partialDeepStrictEqual(reader.works, {
    scan: "yes",
    comment: "no",
    fix: "no",
    "work-items": "no",
    hooks: "no",
  });
  assert.deepEqual(feature(reader.found, "comment").missing, ["Contribute to pull requests"]);

  const contributor = await check("Con Tributor", "contributors");
  assert.partialDeepStrictEqual(contributor.works, {
    scan: "yes",
    comment: "yes",
    status: "yes",
    fix: "yes",
    "work-items": "yes",
    hooks: "no",
    builds: "in-part",
    "permissions-report": "no",
  });
  const local = await check("Pro Ject", "project administrators", project);
  assert.deepEqual(local.roles, [
    ["", "missing"],
    [project.name, "granted"],
    [other.name, "missing"],
  ]);
  assert.partialDeepStrictEqual(local.works, { scan: "yes", comment: "in-part", hooks: "in-part", builds: "in-part" });
  assert.deepEqual(feature(local.found, "hooks").missing, ["Edit subscriptions (Project Administrator) in Other"]);

  const above = await check("Col Lection", "collection administrators");
  assert.deepEqual(above.roles, [
    ["", "granted"],
    [project.name, "granted"],
    [other.name, "granted"],
  ]);
  assert.partialDeepStrictEqual(above.works, {
    hooks: "yes",
    builds: "yes",
    "permissions-report": "yes",
    posture: "yes",
  });
});

test("passing troubles leave one thing unknown; if nothing answers, or nobody is known, that is the answer", async (t) => {
  const { world, withScopes, clientOf } = await open(t);
  world.faults.push({ id: "x", is: "status", matches: "/graph/", status: 503 });
  world.faults.push({ id: "x", is: "status", matches: "permissionevaluationbatch", status: 500 });
  const found = await preflight(withScopes(["full"]));
  assert.deepEqual(verdicts(found, "unknown").toSorted(), [...untold, "vso.graph"].toSorted());
  assert.equal(
    found.roles.every(({ verdict, reason }) => verdict === "unknown" && reason.includes("500")),
    true,
  );
  assert.partialDeepStrictEqual(works(found), { comment: "unknown", hooks: "unknown", posture: "unknown" });
  world.faults.splice(0);
  world.faults.push({ id: "x", is: "status", status: 503 });
  const code = (expected: string) => (error: unknown) => error instanceof RemoteError && error.code === expected;
  await assert.rejects(preflight(withScopes(["full"])), code("unavailable"));
  world.faults.splice(0);
  await assert.rejects(preflight(clientOf({ value: "unknown" })), code("signed-out"));
});

test("the number of calls does not follow the number of projects", async (t) => {
  const { world, organization, withScopes, remote } = await open(t);
  const client = withScopes(["full"]);
  await preflight(client);
  const few = remote.takeSpend().reduce((sum, { calls }) => sum + calls, 0);
  const projects = Array.from({ length: 399 }, (_, index) => addProject(world, organization, `Project ${index}`));
  const found = await preflight(client, { projects });
  const many = remote.takeSpend().reduce((sum, { calls }) => sum + calls, 0);
  assert.equal(found.roles.length, 400);
  assert.ok(few < 22 && many === few + 1, `${few} and ${many} calls`);
});

test("a server has less to ask for, and nothing of it counts as missing", async (t) => {
  const { withScopes } = await open(t, { server: "6.0" });
  const found = await preflight(withScopes(["full"]));
  assert.deepEqual(verdicts(found, "missing"), []);
  for (const scope of ["vso.auditlog", "vso.memberentitlementmanagement"] as const) {
    assert.ok(verdicts(found, "unknown").includes(scope), scope);
  }
  const yes = found.features.filter((one) => one.works === "yes").map((one) => one.feature);
  assert.deepEqual(yes.slice(0, 7), ["scan", "comment", "status", "fix", "work-items", "hooks", "builds"]);
});

test("of a sign-in the permissions are named as Entra names them, and its organizations are known", async (t) => {
  const there = await emulatedDirectory(t);
  addProject(there.world, there.contoso, "Harbour");
  const { accessToken } = await signedIn(there, there.home.id);
  const found = await preflight(there.remote.organization("contoso", bearer(accessToken)));
  for (const scope of ["vso.code_write", "vso.project"] as const) assert.ok(verdicts(found, "granted").includes(scope));
  for (const scope of ["vso.build", "vso.graph"] as const) assert.ok(verdicts(found, "missing").includes(scope), scope);
  assert.deepEqual([works(found).discover, works(found).comment, works(found).hooks], ["yes", "yes", "yes"]);
  assert.deepEqual(feature(found, "builds").missing, ["vso.build"]);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { factKeys, factKind } from "#model/posture/fact-key.ts";
import type { Verdict } from "#model/preflight.ts";
import { RemoteError } from "#model/remote-error.ts";
import { type FeatureName, type ScopeName, scopes } from "#model/scopes.ts";
import type { ProjectRights } from "./ask-rights.ts";
import { type Facts, featuresOf } from "./features-of.ts";
import type { Told } from "./told.ts";

const allowed: Told = { is: "allowed" };
const missing: Told = { is: "scope-missing" };
const untold: Told = { is: "untold", why: "It rains.", error: new RemoteError("unavailable", "It rains.") };

function project(name: string, rights: Partial<ProjectRights> = {}): ProjectRights {
  const all = { administers: "granted", editsHooks: "granted", readsCode: "granted" } as const;
  return { project: { id: name, name }, ...all, reviews: "granted", pushes: "granted", ...rights };
}

interface Change {
  readonly scopes?: Partial<Record<ScopeName, Told>>;
  readonly projects?: readonly ProjectRights[];
  readonly organization?: Verdict;
  readonly reading?: Told;
  readonly listing?: Told;
  readonly signIn?: Facts["signIn"];
}

function features(change: Change) {
  const { organization = "granted", projects = [project("A"), project("B")] } = change;
  const { reading = allowed, listing = allowed, signIn = "pat" } = change;
  const found = featuresOf({
    signIn,
    scopes: new Map(scopes.map(({ name }) => [name, change.scopes?.[name] ?? allowed])),
    listing,
    reading,
    rights: { administers: organization, editsHooks: organization, projects, why: "It rains." },
  });
  return Object.fromEntries(found.map((one) => [one.feature, one])) as Record<FeatureName, (typeof found)[number]>;
}

test("each feature follows from its scopes and rights", () => {
  const noHooks = [project("A"), project("B", { editsHooks: "missing" })];
  const nowhere = noHooks.map((one) => ({ ...one, editsHooks: "missing" as const }));
  const unsure = [project("A", { reviews: "unknown" })];
  const cases: readonly (readonly [string, Change, FeatureName, string, readonly string[]])[] = [
    ["everything", {}, "scan", "yes", []],
    ["no list", { listing: missing }, "scan", "no", ["Project and Team (Read)"]],
    ["no code", { reading: missing, signIn: "entra" }, "scan", "no", ["vso.code"]],
    ["an application", { signIn: "service-principal" }, "discover", "in-part", []],
    ["no project", { projects: [] }, "scan", "unknown", []],
    ["passing", { reading: untold }, "scan", "unknown", []],
    ["writes", { scopes: { "vso.code_write": missing } }, "status", "no", ["Code (Read & write)"]],
    ["unsure", { projects: unsure }, "comment", "unknown", []],
    [
      "unsure, but surely not",
      { projects: unsure, scopes: { "vso.code_write": missing } },
      "comment",
      "no",
      ["Code (Read & write)"],
    ],
    ["some", { projects: noHooks }, "hooks", "in-part", ["Edit subscriptions (Project Administrator) in B"]],
    ["nowhere", { projects: nowhere }, "hooks", "no", ["Edit subscriptions (Project Administrator)"]],
    ["another scope carries hooks", { reading: missing }, "hooks", "yes", []],
    [
      "none carries them",
      { reading: missing, scopes: { "vso.build": missing, "vso.work_write": missing } },
      "hooks",
      "no",
      ["Code (Read)"],
    ],
    ["told by the organization", { projects: nowhere }, "builds", "yes", []],
    [
      "not told",
      { projects: nowhere, organization: "missing" },
      "builds",
      "in-part",
      ["Edit subscriptions (Project Administrator)"],
    ],
    ["report", { organization: "missing" }, "permissions-report", "no", ["Project Collection Administrator"]],
    ["report", { organization: "unknown" }, "permissions-report", "unknown", []],
    [
      "posture",
      { scopes: { "vso.release": missing, "vso.packaging": missing } },
      "posture",
      "in-part",
      ["Release (Read)", "Packaging (Read)"],
    ],
    ["posture", { scopes: { "vso.graph": untold } }, "posture", "unknown", []],
    ["absent", { scopes: { "vso.graph": { is: "untold", why: "No such route." } } }, "posture", "yes", []],
    [
      "a right",
      { scopes: { "vso.auditlog": { is: "right-missing", right: "View audit log" } } },
      "posture",
      "in-part",
      ["View audit log"],
    ],
  ];
  for (const [name, change, feature, works, lacks] of cases) {
    const found = features(change)[feature];
    assert.deepEqual([found.works, found.missing], [works, lacks], `${feature}: ${name}: ${found.reason}`);
    assert.match(found.reason, /^[A-Z].*\.$/);
  }
});

test("many projects are told by some names and a number", () => {
  const projects = Array.from({ length: 9 }, (_, index) =>
    project(`P${index}`, { reviews: index > 0 ? "missing" : "granted" }),
  );
  assert.deepEqual(features({ projects }).comment.missing, ["Contribute to pull requests in P1, P2, P3 and 5 more"]);
});

test("nothing of the posture is left when all its scopes are missing, and what reads code keeps some", () => {
  const none = Object.fromEntries(scopes.map(({ name }) => [name, missing]));
  assert.equal(features({ scopes: none, reading: missing }).posture.works, "no");
  const { works, reason } = features({ scopes: none }).posture;
  assert.equal(works, "in-part");
  assert.doesNotMatch(reason, /nobody knows (branch policies|service hooks)/);
});

test("with each missing scope the kinds of facts are named that stay unknown", () => {
  const lost = { "vso.agentpools": missing, "vso.auditlog": { is: "right-missing", right: "View audit log" } } as const;
  const { reason } = features({ scopes: lost }).posture;
  assert.match(reason, /nobody knows agent queues, agent pools and tasks, for Agent Pools \(Read\) is missing/);
  assert.match(reason, /nobody knows audit streams and the audit log, for View audit log is missing/);
  const every = features({ reading: missing, scopes: Object.fromEntries(scopes.map(({ name }) => [name, missing])) });
  const told = every.posture.reason + features({}).posture.reason;
  const silent = factKeys.filter((key) => {
    const { scope, title } = factKind(key);
    return scope !== undefined && key !== "permissionsReport" && !told.includes(title);
  });
  assert.deepEqual(silent, []);
});

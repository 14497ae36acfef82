import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, it } from "node:test";
import type { Finding } from "#model/finding.ts";
import type { OrganizationId, ProjectId, RepositoryId } from "#model/ids.ts";
import type { Manifest, PackageUse } from "#model/package-manifest.ts";
import { upsertOrganization } from "#store/instances/organizations.ts";
import { upsertProjects } from "#store/instances/projects.ts";
import { setChosen, setScannedCommit, upsertRepositories } from "#store/instances/repositories.ts";
import { applyBranchFindings } from "#store/issues/apply-branch-findings.ts";
import type { Branch } from "#store/issues/occurrences.ts";
import { replaceManifests } from "#store/packages/manifests.ts";
import type { DismissMatching } from "../issues/many-contract.ts";
import type { Knowledge } from "../knowledge/contract.ts";
import type { ProblemDetails } from "../shapes/problem-details.ts";
import { type Added, addInstance } from "../testing/add-instance.ts";
import { type Browser, openApi, type TestApi } from "../testing/open-api.ts";
import type { Licenses, PackageDetail, PackageSettings, Packages, PackageUses } from "./contract.ts";

const path = "shop/package-lock.json";
const at = { path, startLine: 12, startColumn: 5, endLine: 18, endColumn: 6 };

function use(name: string, version: string, more: Partial<PackageUse> = {}): PackageUse {
  return { ecosystem: "npm", name, version, at, relation: "direct", isDevelopment: false, licenses: ["MIT"], ...more };
}

describe("packages", () => {
  let api: TestApi;
  let added: Added;
  let browser: Browser;
  let branch: Branch;
  before(async () => {
    api = await openApi();
    added = await addInstance(api.app, "one");
    await api.addUser("anna", "administrator");
    await api.addUser("mia", "member");
    browser = await api.browser("anna");
    branch = { instanceId: added.instance, repositoryId: added.repository, branch: "refs/heads/main" };
    const packages = [use("lodash", "4.17.15"), use("@scope/one", "1.0.0", { licenses: [] })];
    const manifest: Manifest = { path, format: "package-lock.json", ecosystem: "npm", isLocked: true, packages };
    const stored = packages.map(({ ecosystem, name, version = "", relation, isDevelopment, licenses = [] }) => ({
      ...{ manifest: path, ecosystem, key: name, name, version, relation, isDevelopment, licenses },
      ...{ purl: `pkg:npm/${name}@${version}`, path, line: 12 },
    }));
    const read = [{ unit: `package-lock.json:${path}`, manifests: [manifest], packages: stored, hasGaps: false }];
    await replaceManifests(api.app.db, branch, { replaced: "all", read, at: api.app.now() });
  });
  after(() => api.close());

  const get = async <T>(address: string) => (await browser.call("GET", address)).json<T>();

  it("are found across repositories, with who uses them, at which line", async () => {
    assert.deepEqual(
      (await get<Packages>("/api/packages?sort=-name")).rows.map(({ name, versions }) => [name, versions]),
      [
        ["lodash", ["4.17.15"]],
        ["@scope/one", ["1.0.0"]],
      ],
    );
    assert.equal((await get<Packages>("/api/packages?ecosystem=NuGet")).total, 0);
    const uses = await get<PackageUses>(`/api/packages/npm/${encodeURIComponent("@scope/one")}/uses`);
    assert.deepEqual(
      uses.rows.map(({ manifest, line, relation, version }) => [manifest, line, relation, version]),
      [[path, 12, "direct", "1.0.0"]],
    );
  });

  it("tell what is known against the versions in use", async () => {
    const { advisories, risks } = await get<PackageDetail>("/api/packages/npm/lodash");
    assert(advisories.some(({ affectedVersions }) => affectedVersions.includes("4.17.15")));
    assert(advisories.every(({ source }) => source !== ""));
    assert.deepEqual(risks, [{ version: "4.17.15", risk: null }]);
    assert.equal((await browser.call("GET", "/api/packages/npm/nobody")).statusCode, 404);
  });

  it("are counted by licence, with its category", async () => {
    assert.deepEqual((await get<Licenses>("/api/licenses")).rows, [
      { license: "", category: "unknown", packages: 1, repositories: 1 },
      { license: "MIT", category: "permissive", packages: 1, repositories: 1 },
    ]);
  });

  it("are nobody's who may not see the instance", async () => {
    const mia = await api.browser("mia");
    assert.equal((await mia.call("GET", "/api/packages")).json<Packages>().total, 0);
    assert.equal((await mia.call("GET", "/api/packages/npm/lodash")).statusCode, 404);
    assert.equal((await mia.call("GET", `/api/repositories/${added.repository}/sbom?format=spdx`)).statusCode, 404);
    assert.equal((await mia.call("POST", "/api/knowledge/refresh")).statusCode, 403);
  });

  it("become a bill of materials of a repository and of an instance", async () => {
    for (const [format, word] of [
      ["cyclonedx", "CycloneDX"],
      ["spdx", "SPDX-2.3"],
      ["vex", "CycloneDX"],
    ] as const) {
      const answer = await browser.call("GET", `/api/repositories/${added.repository}/sbom?format=${format}`);
      assert.equal(answer.statusCode, 200);
      assert.match(String(answer.headers["content-disposition"]), /attachment; filename="[\w.-]+\.json"/);
      assert(answer.body.includes(word));
    }
    const bill = `/api/repositories/${added.repository}/sbom?format=cyclonedx`;
    const isSaidToBeAll = async () =>
      (await get<{ compositions: { aggregate: string; dependencies: string[] }[] }>(bill)).compositions.some(
        ({ aggregate, dependencies }) =>
          aggregate === "complete" && dependencies.some((one) => !one.startsWith("pkg:")),
      );
    assert.equal(await isSaidToBeAll(), true);
    await replaceManifests(api.app.db, branch, { replaced: [], kept: ["go.mod:go.mod"], read: [], at: api.app.now() });
    assert.equal(await isSaidToBeAll(), false);
    const whole = await browser.call("GET", `/api/instances/${added.instance}/sbom?format=cyclonedx`);
    assert(whole.body.includes("pkg:npm/lodash@4.17.15"));
    assert.equal((await browser.call("GET", `/api/repositories/${added.repository}/sbom?format=xml`)).statusCode, 422);
  });

  it("say in VEX documents why they do not affect what is built, as whoever dismissed it said", async () => {
    const { repository: repositoryId, instance: instanceId } = added;
    const branch = { instanceId, repositoryId, branch: "refs/heads/main", at: api.app.now() };
    const findings = ["one", "two"].map(
      (fingerprint): Finding => ({
        ...{ rule: "vulnerabilities/vulnerable-package", aliases: [], severity: "high", message: "m", at, fingerprint },
        package: {
          ...{ ecosystem: "npm", purl: "pkg:npm/lodash@4.17.15", name: "lodash", version: "4.17.15", manifest: path },
          ...{ relation: "direct", isDevelopment: false },
        },
        advisory: {
          ...{ id: `GHSA-${fingerprint}`, aliases: [], title: "t", weaknesses: [], references: [], fixedIn: [] },
          source: "s",
        },
      }),
    );
    const { opened } = await applyBranchFindings(api.app.db, { ...branch, findings, replaced: ["vulnerabilities"] });
    const [first] = opened;
    const asked = { reason: "accepted-risk", issues: [first], justification: "protected_at_perimeter" };
    assert.equal((await browser.call("POST", "/api/exceptions", asked)).statusCode, 200);
    const filter = { repositoryId, scanner: ["vulnerabilities"] };
    const rest = { filter, reason: "false-positive", justification: "code_not_present" };
    assert.equal((await browser.call("POST", "/api/issues/dismiss-matching", rest)).json<DismissMatching>().left, 0);
    const sbom = `/api/repositories/${repositoryId}/sbom?format=`;
    const vex = await get<{ vulnerabilities: { analysis: { justification: string } }[] }>(`${sbom}vex`);
    assert.deepEqual(vex.vulnerabilities.map(({ analysis }) => analysis.justification).sort(), [
      ...["code_not_present", "protected_at_perimeter"],
    ]);
    const open = await get<{ statements: { status: string; justification: string }[] }>(`${sbom}openvex`);
    assert.deepEqual(open.statements.map(({ status, justification }) => `${status}: ${justification}`).sort(), [
      "not_affected: inline_mitigations_already_exist",
      "not_affected: vulnerable_code_not_present",
    ]);
  });

  it("are judged as people write it: mistakes are told by line and change nothing", async () => {
    const address = `/api/instances/${added.instance}/package-settings`;
    assert.deepEqual(await get<PackageSettings>(address), { text: "", changedBy: null, changedAt: null });
    const wrong = await browser.call("PUT", address, { text: "licenses:\n  otherwise: perhaps\n" });
    assert.equal(wrong.statusCode, 422);
    assert.match(wrong.json<ProblemDetails>().errors?.[0]?.message ?? "", /^Line 2: /);
    const text = "licenses:\n  otherwise: allow\n";
    assert.equal((await browser.call("PUT", address, { text })).json<PackageSettings>().changedBy, "anna");
    assert.equal((await get<PackageSettings>(address)).text, text);
    const [judging] = (await api.app.jobs.pending()).filter(({ queue }) => queue === "judge-packages");
    assert.equal(judging?.waiting, 1);
  });

  it("rest on knowledge that says how old it is, and what it is", async () => {
    const knowledge = await get<Knowledge>("/api/knowledge");
    assert.equal(knowledge.isSample, true);
    assert.equal(knowledge.isRefreshing, false);
    assert(knowledge.ecosystems.some(({ ecosystem, advisories }) => ecosystem === "npm" && advisories > 0));
    const refused = await browser.call("POST", "/api/knowledge/refresh");
    assert.equal(refused.statusCode, 409);
  });

  it("say of several repositories which of them is meant, also where two have one name", async () => {
    const { db } = api.app;
    const now = () => api.app.now();
    const owner = { id: randomUUID() as OrganizationId, instanceId: added.instance };
    const [project, repositoryId] = [randomUUID() as ProjectId, randomUUID() as RepositoryId];
    await upsertOrganization(db, { ...owner, name: "two-organization" });
    await upsertProjects(db, owner, [{ id: project, name: "one-project" }], now());
    const webUrl = "https://dev.azure.com/two-organization/one-project/_git/one-repository";
    const remote = { remoteUrl: webUrl, webUrl, size: 1, isDisabled: false, isFork: false };
    const repository = { ...remote, id: repositoryId, projectId: project, name: "one-repository" };
    await upsertRepositories(db, owner.id, [{ ...repository, defaultBranch: "refs/heads/main" }], now());
    await setChosen(db, added.instance, { is: "existing" }, { choosing: "everywhere" });
    const scanned = { ref: "refs/heads/main", commit: "b".repeat(40), scannersVersion: "test", at: now() };
    await setScannedCommit(db, repositoryId, scanned);
    const packages = [use("lodash", "4.17.21")];
    const manifest: Manifest = { path, format: "package-lock.json", ecosystem: "npm", isLocked: true, packages };
    const read = [{ unit: `package-lock.json:${path}`, manifests: [manifest], packages: [], hasGaps: false }];
    await replaceManifests(db, { ...branch, repositoryId }, { replaced: "all", read, at: now() });
    const sbom = `/api/instances/${added.instance}/sbom?format=`;
    const { components } = await get<{
      components: { purl: string; evidence: { occurrences: { location: string }[] } }[];
    }>(`${sbom}cyclonedx`);
    assert.deepEqual(
      components.map(({ purl, evidence }) => [purl, evidence.occurrences[0]?.location]),
      [
        ["pkg:npm/%40scope/one@1.0.0", `one-organization/one-project/one-repository/${path}`],
        ["pkg:npm/lodash@4.17.15", `one-organization/one-project/one-repository/${path}`],
        ["pkg:npm/lodash@4.17.21", `two-organization/one-project/one-repository/${path}`],
      ],
    );
    const vex = await get<{ vulnerabilities: { affects: { ref: string }[] }[] }>(`${sbom}vex`);
    assert.deepEqual(
      vex.vulnerabilities.map(({ affects }) => affects.map(({ ref }) => decodeURIComponent(ref.split("#")[1] ?? ""))),
      [["pkg:npm/lodash@4.17.15"], ["pkg:npm/lodash@4.17.15"]],
    );
  });
});

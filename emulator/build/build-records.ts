/** Routes of what a build leaves behind: changes and artifacts; folders of definitions, and what all of them may use. */
import { type CommitData, readCommits } from "../git/read-commits.ts";
import { resolveRef } from "../git/repository-store.ts";
import { openResources } from "../inventory/resources.ts";
import { headerPage } from "../pull-requests/request-body.ts";
import { type Call, list, Refusal, type Route } from "../route.ts";
import { repositoryUrl, requireProject } from "../shapes.ts";
import type { World } from "../world.ts";
import { requireBuild } from "./builds.ts";
import { stableGuid } from "./describe-run.ts";

/** The commits since the build before, newest first. */
async function listChanges(call: Call, world: World) {
  const build = requireBuild(call, world);
  const definition = call.organization.definitions.find((one) => one.id === build.definitionId);
  const repository = definition && call.organization.repositories.get(definition.repositoryId);
  if (!repository || !(await resolveRef(world, repository.id, build.sourceVersion))) return list([]);
  const before = call.organization.builds.findLast(
    (one) => one.definitionId === build.definitionId && one.id < build.id && one.sourceBranch === build.sourceBranch,
  );
  const range = before ? [build.sourceVersion, `^${before.sourceVersion}`] : [build.sourceVersion];
  const commits = await readCommits(world, repository.id, ["--max-count=200", ...range]);
  const base = repositoryUrl(world, call.organization, repository);
  const shape = (commit: CommitData) => ({
    id: commit.commitId,
    message: commit.comment,
    type: "TfsGit",
    author: {
      displayName: commit.author.name,
      id: stableGuid(commit.author.email),
      uniqueName: commit.author.email,
    },
    timestamp: commit.author.date,
    location: `${base}/commits/${commit.commitId}`,
  });
  const { values, headers } = headerPage(call, commits, 50, 1000);
  return list(values.map(shape), headers);
}

function listArtifacts(call: Call, world: World) {
  requireBuild(call, world);
  const name = call.query("artifactName");
  if (name === undefined) return list([]);
  throw new Refusal(
    404,
    "ArtifactNotFoundException",
    `Artifact ${name} was not found for build ${call.params.buildId}.`,
  );
}

function listFolders(call: Call, world: World) {
  const project = requireProject(call, world);
  const paths = call.organization.definitions.filter((one) => one.projectId === project.id).map((one) => one.path);
  return list([...new Set(["\\", ...paths])].sort().map((path) => ({ path })));
}

/** What all pipelines of the project may use. */
function listAuthorized(call: Call, world: World) {
  const project = requireProject(call, world);
  const [type, id] = [call.query("type")?.toLowerCase(), call.query("id")?.toLowerCase()];
  const found = openResources(world, call.organization, project.id).filter(
    (one) => (type === undefined || one.type === type) && (id === undefined || one.id === id),
  );
  return list(found.map((one) => ({ ...one, authorized: true })));
}

const at = "/{organization}/{project}/_apis/build";

export const routes: readonly Route[] = [
  { method: "GET", path: `${at}/builds/{buildId}/changes`, scopes: ["build"], handle: listChanges },
  { method: "GET", path: `${at}/builds/{buildId}/artifacts`, scopes: ["build"], handle: listArtifacts },
  { method: "GET", path: `${at}/folders/{path*}`, scopes: ["build"], preview: true, handle: listFolders },
  { method: "GET", path: `${at}/authorizedresources`, scopes: ["build"], preview: true, handle: listAuthorized },
];

/**
 * Repositories of a project. Azure DevOps lists those of all projects in one answer, which is asked for once; what a fork
 * was made from costs a call for each fork; tags are read only where pipelines take templates from, and release branches
 * only of what pipelines are built from.
 */
import type { RepositoryFact } from "#model/posture/code-facts.ts";
import { repositoryAddress } from "../links.ts";
import { type OrganizationClient, path } from "../organization-client.ts";
import { collect, pagesByHeader, wholeList } from "../pages.ts";
import { inner, optionalNumber, optionalText, requiredText, type Wire, wireObject } from "../read-wire.ts";
import type { CollectingProject } from "./collector.ts";
import { readReleaseBranches } from "./read-release-branches.ts";
import { withoutRefused } from "./without-refused.ts";

const mostForks = 500;
const mostTags = 2000;

interface Listed {
  readonly projectId: string;
  readonly projectName: string;
  readonly wire: Wire;
}

interface Everywhere {
  readonly byProject: ReadonlyMap<string, readonly Listed[]>;
  /** By the id of what they were made from. */
  readonly forks: ReadonlyMap<string, NonNullable<RepositoryFact["forks"]>>;
  /** Every fork was asked where it comes from. */
  readonly isForksComplete: boolean;
}

export async function readRepositories(
  client: OrganizationClient,
  given: CollectingProject,
): Promise<readonly RepositoryFact[]> {
  const read = () => readEverywhere(client);
  const everywhere = await (given.once ? given.once("repositories", read) : read());
  const ofProject = everywhere.byProject.get(given.project.id.toLowerCase()) ?? [];
  const branches = await readReleaseBranches(client, given, builtIds(given, ofProject));
  const facts: RepositoryFact[] = [];
  for (const listed of ofProject) {
    const fact = await readRepository(client, given, listed, everywhere);
    const listedBranches = branches.get(fact.id);
    facts.push(listedBranches ? { ...fact, branches: listedBranches } : fact);
  }
  return facts;
}

/** Of repositories with code that some pipeline of the project is built from. */
function builtIds({ known: { definitions = [] } }: CollectingProject, ofProject: readonly Listed[]): readonly string[] {
  const built = new Set(
    definitions.flatMap(({ repository: { kind, id } }) => (kind === "azure-repos" ? [id.toLowerCase()] : [])),
  );
  return ofProject.flatMap(({ wire }) => {
    const id = requiredText(wire, "id", "repository").toLowerCase();
    const hasCode = wire.isDisabled !== true && optionalText(wire, "defaultBranch") !== undefined;
    return hasCode && built.has(id) ? [id] : [];
  });
}

async function readEverywhere(client: OrganizationClient): Promise<Everywhere> {
  const all = await collect(wholeList(client, { path: path`/_apis/git/repositories` }, "repositories"), readListed);
  const forks = all.filter(({ wire }) => wire.isFork === true);
  const { values, refusals } = await withoutRefused(forks.slice(0, mostForks), (fork) => parentOf(client, fork));
  return {
    byProject: Map.groupBy(all, ({ projectId }) => projectId),
    forks: forksByParent(values),
    isForksComplete: refusals.length === 0 && forks.length <= mostForks,
  };
}

function readListed(wire: Wire): Listed {
  const project = inner(wire, "project");
  const projectId = requiredText(project, "id", "repository").toLowerCase();
  return { projectId, projectName: optionalText(project, "name") ?? projectId, wire };
}

interface Parented {
  readonly parentId: string;
  readonly fork: NonNullable<RepositoryFact["forks"]>[number];
}

async function parentOf(client: OrganizationClient, { wire, projectName }: Listed): Promise<Parented | undefined> {
  const id = requiredText(wire, "id", "repository");
  const { body } = await client.request({
    path: path`/_apis/git/repositories/${id}`,
    query: { includeParent: "true" },
  });
  const parentId = optionalText(inner(wireObject(body, "repository"), "parentRepository"), "id")?.toLowerCase();
  const name = requiredText(wire, "name", "repository");
  return parentId === undefined ? undefined : { parentId, fork: { name, project: projectName } };
}

function forksByParent(found: readonly (Parented | undefined)[]): Everywhere["forks"] {
  const forks = new Map<string, Parented["fork"][]>();
  for (const one of found) {
    if (!one) continue;
    const known = forks.get(one.parentId);
    if (known) known.push(one.fork);
    else forks.set(one.parentId, [one.fork]);
  }
  return forks;
}

async function readRepository(
  client: OrganizationClient,
  { templateRepositories }: CollectingProject,
  { wire, projectName, projectId }: Listed,
  { forks, isForksComplete }: Everywhere,
): Promise<RepositoryFact> {
  const where = "repository";
  const id = requiredText(wire, "id", where).toLowerCase();
  const name = requiredText(wire, "name", where);
  const defaultBranch = optionalText(wire, "defaultBranch");
  const isDisabled = wire.isDisabled === true;
  const hasTags = templateRepositories?.has(id) === true && !isDisabled;
  const found = forks.get(id);
  return {
    id,
    name,
    ...(defaultBranch !== undefined && { defaultBranch }),
    isDisabled,
    isFork: wire.isFork === true,
    size: optionalNumber(wire, "size") ?? 0,
    url: repositoryAddress(client, projectName, name),
    ...(found ? { forks: found } : isForksComplete && { forks: [] }),
    ...(hasTags && { tags: await readTags(client, projectId, id) }),
  };
}

/** An annotated tag is an object of its own: another one is another tag, even on the same commit. */
async function readTags(
  client: OrganizationClient,
  projectId: string,
  repositoryId: string,
): Promise<NonNullable<RepositoryFact["tags"]>> {
  const where = "tags";
  const request = {
    path: path`/${projectId}/_apis/git/repositories/${repositoryId}/refs`,
    query: { filter: "tags/" },
  };
  const tags: { name: string; objectId: string }[] = [];
  for await (const wire of pagesByHeader(client, request, { top: 1000, where })) {
    tags.push({ name: requiredText(wire, "name", where), objectId: requiredText(wire, "objectId", where) });
    if (tags.length >= mostTags) break;
  }
  return tags;
}

/** Second step of the wizard: everything the draft can see, to choose from. Kept for a while, because previews ask again and again. */
import type { Credential } from "#azure-devops/credential.ts";
import type { OrganizationClient } from "#azure-devops/organization-client.ts";
import { getSourceControl, listProjects } from "#azure-devops/projects.ts";
import { listRepositories } from "#azure-devops/repositories.ts";
import type { ProjectId, RepositoryId } from "#model/ids.ts";
import { useSignIn } from "../credentials/use-sign-in.ts";
import { inLanes } from "../in-lanes.ts";
import { remoteAnswer } from "../remote-answer.ts";
import type { Connector } from "./check-connection.ts";
import { type DraftOrganization, type OpenDraft, openDraft } from "./connection-draft.ts";

export interface DraftRepository {
  readonly id: RepositoryId;
  readonly name: string;
  readonly project: string;
  readonly projectId: ProjectId;
  readonly organization: string;
  readonly isDisabled: boolean;
  readonly isEmpty: boolean;
  readonly isFork: boolean;
  readonly size: number;
}

export interface DraftRepositories {
  readonly projects: readonly {
    readonly id: ProjectId;
    readonly name: string;
    readonly organization: string;
    /** False: it keeps its code in Team Foundation Version Control. */
    readonly isSupported: boolean;
  }[];
  readonly repositories: readonly DraftRepository[];
}

interface Kept {
  readonly until: number;
  readonly list: Promise<DraftRepositories>;
}

const keptMilliseconds = 5 * 60_000;
const mostKept = 20;
const kept = new Map<string, Kept>();

/** Undefined if the draft is unknown, expired or saved already. */
export async function listDraftRepositories(app: Connector, draftId: string): Promise<DraftRepositories | undefined> {
  const draft = await openDraft(app, draftId);
  if (!draft?.tokens) return undefined;
  const now = app.now().getTime();
  for (const [id, { until }] of kept) if (until <= now || kept.size > mostKept) kept.delete(id);
  const known = kept.get(draft.id);
  if (known) return known.list;
  const list = listAll(app, draft);
  kept.set(draft.id, { until: now + keptMilliseconds, list });
  list.catch(() => kept.delete(draft.id));
  return list;
}

async function listAll(app: Connector, draft: OpenDraft): Promise<DraftRepositories> {
  const lists = await inLanes(draft.summary.organizations, 4, async (organization) => {
    const credential = await credentialOf(app, draft, organization);
    return credential
      ? listOrganization(app.remote.organization(organization.name, credential, "person"))
      : { projects: [], repositories: [] };
  });
  return {
    projects: lists.flatMap((list) => list.projects),
    repositories: lists.flatMap((list) => list.repositories),
  };
}

async function credentialOf(
  app: Connector,
  { tokens }: OpenDraft,
  { credentials: [best] }: DraftOrganization,
): Promise<Credential | undefined> {
  if (best === undefined) return undefined;
  if (best.method !== "pat") return useSignIn(app, best.signIn);
  const value = tokens?.[best.token];
  return value && { is: "pat", value };
}

async function listOrganization(client: OrganizationClient): Promise<DraftRepositories> {
  const { organization } = client;
  const [projects, repositories] = await Promise.all([listProjects(client), listRepositories(client)]);
  const nameOf = new Map(projects.map((project) => [project.id, project.name]));
  const withGit = new Set(repositories.map(({ projectId }) => projectId));
  const supported = await inLanes(projects, 4, async ({ id }) => withGit.has(id) || holdsGit(client, id));
  return {
    projects: projects.map(({ id, name }, index) => ({
      id,
      name,
      organization,
      isSupported: supported[index] ?? true,
    })),
    repositories: repositories.map((repository) => ({
      id: repository.id,
      name: repository.name,
      project: nameOf.get(repository.projectId) ?? repository.projectId,
      projectId: repository.projectId,
      organization,
      isDisabled: repository.isDisabled,
      isEmpty: repository.defaultBranch === undefined,
      isFork: repository.isFork,
      size: repository.size,
    })),
  };
}

/** Asked only for projects without any repository, which nearly always are of the other kind. */
async function holdsGit(client: OrganizationClient, project: ProjectId): Promise<boolean> {
  const answer = await remoteAnswer(() => getSourceControl(client, project));
  return answer.is === "no" || answer.value === "git";
}

/** Second step of the wizard: everything the draft's token can see, to choose from. */
import { listProjects } from "#azure-devops/projects.ts";
import { listRepositories } from "#azure-devops/repositories.ts";
import type { ProjectId, RepositoryId } from "#model/ids.ts";
import type { App } from "../app.ts";
import { openDraft } from "./connection-draft.ts";

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
  readonly projects: readonly { readonly id: ProjectId; readonly name: string; readonly organization: string }[];
  readonly repositories: readonly DraftRepository[];
}

/** Undefined if the draft is unknown, expired or saved already. */
export async function listDraftRepositories(app: App, draftId: string): Promise<DraftRepositories | undefined> {
  const draft = await openDraft(app, draftId);
  if (!draft?.token) return undefined;
  const { token } = draft;
  const lists = await Promise.all(
    draft.summary.organizations.map(({ name }) => listOrganization(app, name, { is: "pat", value: token })),
  );
  return {
    projects: lists.flatMap((list) => list.projects),
    repositories: lists.flatMap((list) => list.repositories),
  };
}

async function listOrganization(
  app: App,
  organization: string,
  credential: Parameters<App["remote"]["organization"]>[1],
): Promise<DraftRepositories> {
  const client = app.remote.organization(organization, credential);
  const [projects, repositories] = await Promise.all([listProjects(client), listRepositories(client)]);
  const nameOf = new Map(projects.map((project) => [project.id, project.name]));
  return {
    projects: projects.map(({ id, name }) => ({ id, name, organization })),
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

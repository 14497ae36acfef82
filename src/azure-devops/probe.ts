/**
 * Finds out what a credential may do. A token cannot read its own scopes, so each area is asked for something cheap;
 * writing is tried on a pull request that cannot exist, where a missing right shows before the missing repository.
 */
import type { RepositoryId } from "#model/ids.ts";
import { RemoteError } from "#model/remote-error.ts";
import { type OrganizationClient, path, type RemoteRequest } from "./organization-client.ts";
import { optionalText, wireList } from "./read-wire.ts";
import { postStatus } from "./statuses.ts";

export interface Capability {
  readonly name: "projects" | "code" | "feedback" | "hooks" | "builds" | "work-items";
  readonly works: boolean;
  /** What works, or what is missing and which scope brings it. */
  readonly message: string;
}

const nowhere = "00000000-0000-0000-0000-000000000000" as RepositoryId;

const words: Readonly<Record<Capability["name"], { readonly can: string; readonly scope: string }>> = {
  projects: { can: "list projects", scope: "Project and Team (Read)" },
  code: { can: "read code", scope: "Code (Read & write)" },
  feedback: { can: "write pull-request threads and statuses", scope: "Code (Read & write)" },
  hooks: { can: "manage service hooks", scope: "Code (Read & write)" },
  builds: { can: "read builds", scope: "Build (Read)" },
  "work-items": { can: "read work items", scope: "Work Items (Read & write)" },
};

export async function probe(client: OrganizationClient): Promise<readonly Capability[]> {
  const project = await firstProject(client);
  const inProject = project.name === undefined ? undefined : project.name;
  const checks: readonly (readonly [Capability["name"], Promise<RemoteError | undefined>])[] = [
    ["projects", Promise.resolve(project.error)],
    ["code", ask(client, codeRequest(inProject))],
    ["feedback", tryToWrite(client)],
    [
      "hooks",
      ask(client, { path: path`/_apis/hooks/subscriptions`, query: { publisherId: "tfs", eventType: "git.push" } }),
    ],
    ...(inProject === undefined
      ? []
      : ([
          ["builds", ask(client, { path: path`/${inProject}/_apis/build/builds`, query: { $top: 1 } })],
          ["work-items", ask(client, { path: path`/${inProject}/_apis/wit/workitemtypes` })],
        ] as const)),
  ];
  return Promise.all(checks.map(async ([name, error]) => capability(name, await error)));
}

function codeRequest(project: string | undefined): RemoteRequest {
  return { path: project === undefined ? path`/_apis/git/repositories` : path`/${project}/_apis/git/repositories` };
}

async function firstProject(
  client: OrganizationClient,
): Promise<{ readonly name?: string; readonly error?: RemoteError }> {
  try {
    const { body } = await client.request({ path: path`/_apis/projects`, query: { $top: 1 } });
    const [project] = wireList(body, "projects");
    const name = project ? optionalText(project, "id") : undefined;
    return name === undefined ? {} : { name };
  } catch (error) {
    return { error: refusalOf(error) };
  }
}

async function ask(client: OrganizationClient, request: RemoteRequest): Promise<RemoteError | undefined> {
  try {
    await client.request(request);
    return undefined;
  } catch (error) {
    return refusalOf(error);
  }
}

async function tryToWrite(client: OrganizationClient): Promise<RemoteError | undefined> {
  try {
    const context = { genre: "sallyport", name: "probe" };
    await postStatus(client, nowhere, 1, { state: "notApplicable", description: "", context, iterationId: 1 });
    return undefined;
  } catch (error) {
    const refusal = refusalOf(error);
    // The scope was accepted, and then there was no such repository.
    return refusal.code === "not-found" || refusal.code === "refused" ? undefined : refusal;
  }
}

/** Passing troubles are no answer: they end the probe. */
function refusalOf(error: unknown): RemoteError {
  if (error instanceof RemoteError && !error.passing) return error;
  throw error;
}

function capability(name: Capability["name"], error: RemoteError | undefined): Capability {
  const { can, scope } = words[name];
  if (!error) return { name, works: true, message: `Can ${can}.` };
  return {
    name,
    works: false,
    message: `Cannot ${can}: give the token the scope "${scope}". Azure DevOps says: ${error.message}`,
  };
}

/** What the account may do in each project and in the organization: Azure DevOps evaluates hundreds of permissions in one call. */
import type { Verdict } from "#model/preflight.ts";
import { RemoteError } from "#model/remote-error.ts";
import { type OrganizationClient, path } from "../organization-client.ts";
import { optionalNumber, optionalText, type Wire, wireList, wireObject } from "../read-wire.ts";
import { toldBy } from "./told.ts";

export interface NamedProject {
  readonly id: string;
  readonly name: string;
}

export interface ProjectRights {
  readonly project: NamedProject;
  readonly administers: Verdict;
  readonly editsHooks: Verdict;
  readonly readsCode: Verdict;
  /** Contribute to pull requests: threads and statuses. */
  readonly reviews: Verdict;
  /** Contribute and create branches. */
  readonly pushes: Verdict;
}

export interface Rights {
  readonly administers: Verdict;
  /** Service hooks of the organization as a whole. */
  readonly editsHooks: Verdict;
  readonly projects: readonly ProjectRights[];
  /** Why verdicts are unknown. */
  readonly why?: string;
  readonly error?: RemoteError;
}

interface Question {
  readonly securityNamespaceId: string;
  readonly token: string;
  /** Bits, of which all are needed. */
  readonly permissions: number;
}

const namespaces = {
  collection: "3e65f728-f8bc-4ecd-8764-7e378b19bfa7",
  project: "52d39943-cb85-4d7f-8fa8-c6baac873819",
  hooks: "cb594ebe-87dd-4fc9-ac2c-6a10a4c92046",
  git: "2e9eb7ed-3c0a-47d4-87c1-0ffdd275fd87",
} as const;

const inOrganization = {
  administers: { securityNamespaceId: namespaces.collection, token: "NAMESPACE:", permissions: 2 },
  editsHooks: { securityNamespaceId: namespaces.hooks, token: "PublisherSecurity", permissions: 2 },
} satisfies Readonly<Record<string, Question>>;

function inProject(id: string) {
  const repositories = { securityNamespaceId: namespaces.git, token: `repoV2/${id}` };
  return {
    administers: {
      securityNamespaceId: namespaces.project,
      token: `$PROJECT:vstfs:///Classification/TeamProject/${id}`,
      permissions: 2,
    },
    editsHooks: { securityNamespaceId: namespaces.hooks, token: `PublisherSecurity/${id}`, permissions: 2 },
    readsCode: { ...repositories, permissions: 2 },
    reviews: { ...repositories, permissions: 16_384 },
    pushes: { ...repositories, permissions: 4 | 16 },
  } satisfies Readonly<Record<string, Question>>;
}

/** In one call. */
const mostProjects = 200;

export async function askRights(client: OrganizationClient, projects: readonly NamedProject[]): Promise<Rights> {
  const questions = projects.map(({ id }) => inProject(id));
  const groups: (readonly Question[])[] = [Object.values(inOrganization)];
  for (let at = 0; at < questions.length; at += mostProjects) {
    const asked = questions.slice(at, at + mostProjects).flatMap((one) => Object.values(one));
    groups.push(at === 0 ? [...(groups.pop() ?? []), ...asked] : asked);
  }
  const answers = new Map<string, Verdict>();
  let error: RemoteError | undefined;
  await Promise.all(
    groups.map(async (group) => {
      try {
        for (const [key, verdict] of await evaluate(client, group)) answers.set(key, verdict);
      } catch (thrown) {
        if (!(thrown instanceof RemoteError)) throw thrown;
        error = thrown;
      }
    }),
  );
  const verdictOf = (question: Question): Verdict => answers.get(keyOf(question)) ?? "unknown";
  return {
    administers: verdictOf(inOrganization.administers),
    editsHooks: verdictOf(inOrganization.editsHooks),
    projects: projects.map((project) => {
      const { administers, editsHooks, readsCode, reviews, pushes } = inProject(project.id);
      return {
        project,
        administers: verdictOf(administers),
        editsHooks: verdictOf(editsHooks),
        readsCode: verdictOf(readsCode),
        reviews: verdictOf(reviews),
        pushes: verdictOf(pushes),
      };
    }),
    ...(error && { error, why: whyOf(error) }),
  };
}

function whyOf(error: RemoteError): string {
  const told = toldBy(error);
  return told.is === "untold" ? told.why : `Azure DevOps does not tell this credential: ${error.message}`;
}

async function evaluate(
  client: OrganizationClient,
  evaluations: readonly Question[],
): Promise<readonly (readonly [string, Verdict])[]> {
  const where = "an evaluation of permissions";
  const { body } = await client.request({
    method: "POST",
    path: path`/_apis/security/permissionevaluationbatch`,
    body: { alwaysAllowAdministrators: true, evaluations },
    isRepeatable: true,
  });
  return wireList(wireObject(body, where).evaluations, where).flatMap((answer: Wire) => {
    const { value } = answer;
    if (typeof value !== "boolean") return [];
    const question = {
      securityNamespaceId: optionalText(answer, "securityNamespaceId") ?? "",
      token: optionalText(answer, "token") ?? "",
      permissions: optionalNumber(answer, "permissions") ?? 0,
    };
    return [[keyOf(question), value ? "granted" : "missing"] as const];
  });
}

function keyOf({ securityNamespaceId, token, permissions }: Question): string {
  return `${securityNamespaceId} ${permissions} ${token}`.toLowerCase();
}

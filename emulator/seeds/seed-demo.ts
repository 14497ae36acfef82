/**
 * The organization that the demo shows: two projects, six repositories with real histories, problems of every kind, two
 * open pull requests (one introduces a secret, one is harmless), people, pipelines with builds, a work item; a third
 * project whose code is not in Git; and a second, smaller organization in another tenant.
 */
import { addDefinition } from "../build/definitions.ts";
import { completeBuild, queueBuild, startBuild } from "../build/queue-build.ts";
import { addTenant } from "../build-tenants.ts";
import { addMembership, addOrganization, addProject } from "../build-world.ts";
import type { EntraApp } from "../entra/tenants.ts";
import { addPolicy } from "../policy/build-policies.ts";
import { createPullRequest } from "../pull-requests/create-pull-request.ts";
import {
  nextId,
  type OrganizationState,
  type PersonalAccessToken,
  type ProjectState,
  type PullRequestState,
  type RepositoryState,
  type User,
  type World,
} from "../world.ts";
import { addPerson } from "./add-person.ts";
import { azureFoundation } from "./files/azure-foundation.ts";
import { checkoutService } from "./files/checkout-service.ts";
import { clusterConfig } from "./files/cluster-config.ts";
import { forecastService } from "./files/forecast-service.ts";
import { landingZone } from "./files/landing-zone.ts";
import { ordersApi } from "./files/orders-api.ts";
import { azureDevOpsPat, type PlantedSecrets, plantedSecrets } from "./planted-secrets.ts";
import { seedApp } from "./seed-app.ts";
import type { SeedRepository } from "./seed-history.ts";
import { seedInventory } from "./seed-inventory.ts";
import { type SeedPlace, seedRepository } from "./seed-repository.ts";
import { type SecondOrganization, seedSecondOrganization } from "./seed-second-organization.ts";
import { stableId } from "./stable-id.ts";

const builders = [ordersApi, checkoutService, forecastService, landingZone, azureFoundation, clusterConfig] as const;

const team = {
  ines: "Inês Carvalho",
  tomas: "Tomás Novák",
  mei: "Mei Tanaka",
  jonas: "Jonas Lindqvist",
} as const;

export interface DemoSeed {
  readonly organization: OrganizationState;
  readonly administrator: User;
  /** By the keys of the histories: ines, tomas, mei, jonas. */
  readonly people: Readonly<Record<string, User>>;
  /** Those with Git repositories. */
  readonly projects: readonly ProjectState[];
  /** By name. */
  readonly repositories: Readonly<Record<string, RepositoryState>>;
  /** The administrator's, with full access to the organization. */
  readonly token: PersonalAccessToken;
  /** A developer's, which may read and write code and nothing else. */
  readonly developerToken: PersonalAccessToken;
  readonly secrets: PlantedSecrets;
  readonly pullRequests: readonly PullRequestState[];
  /** The app registration that people sign in with. */
  readonly app: EntraApp;
  readonly second: SecondOrganization;
}

export async function seedDemo(world: World): Promise<DemoSeed> {
  const tenantId = stableId("brightwater tenant");
  const tenant = addTenant(world, { id: tenantId, name: "Brightwater", domains: ["brightwater.example"] });
  const organization = addOrganization(world, "brightwater", { id: stableId("brightwater"), tenantId });
  const administrator = addPerson(world, tenant, "admin", "Ada Brandt");
  addMembership(organization, administrator, "collection administrators");
  const people: Record<string, User> = {};
  for (const [key, name] of Object.entries(team)) {
    const person = addPerson(world, tenant, key, name);
    people[key] = person;
    addMembership(organization, person, "contributors");
  }
  const projects = [
    ["Storefront", "What customers of Brightwater see and use."],
    ["Cloud Platform", "Infrastructure that every team builds on."],
  ].map(([name = "", description = ""]) =>
    addProject(world, organization, name, { id: stableId(`project ${name}`), description }),
  );
  addProject(world, organization, "Legacy Billing", {
    id: stableId("project Legacy Billing"),
    description: "Bills from before 2015; its code is in Team Foundation version control.",
    sourceControl: "Tfvc",
  });
  const secrets = plantedSecrets("demo");
  const demo = { world, organization, people, projects };
  const seeded = await Promise.all(builders.map((build) => seedRepository(demo, build(secrets))));
  // One after another, so that numbers of pull requests and builds are the same each time.
  const pullRequests: PullRequestState[] = [];
  for (const { seed, repository } of seeded) pullRequests.push(...(await openPullRequests(demo, seed, repository)));
  for (const { seed, repository } of seeded) await runPipelines(demo, seed, repository);
  addWorkItem(demo);
  const [orders] = seeded.map(({ repository }) => repository).filter(({ name }) => name === "orders-api");
  // nobody pushes to its main branch past a review; every other branch is as open as elsewhere
  if (orders)
    addPolicy(world, organization, projects[0] as ProjectState, administrator, {
      kind: "minimumReviewers",
      repository: orders,
      refName: "refs/heads/main",
      settings: {
        minimumApproverCount: 1,
        creatorVoteCounts: false,
        resetOnSourcePush: true,
        blockLastPusherVote: true,
      },
    });
  seedInventory(world, organization, projects[0] as ProjectState, {
    administrator,
    developer: people.ines as User,
  });
  return {
    organization,
    administrator,
    people,
    projects,
    repositories: Object.fromEntries(seeded.map(({ repository }) => [repository.name, repository])),
    token: addStableToken(world, organization, administrator, ["full"]),
    developerToken: addStableToken(world, organization, people.jonas as User, ["code_write"]),
    secrets,
    pullRequests,
    app: seedApp(world),
    second: await seedSecondOrganization(world, administrator, secrets),
  };
}

/** What is told about the seed to whoever shows it. */
export function tellDemo({ organization, administrator, token, developerToken, pullRequests, app, second }: DemoSeed) {
  return {
    organization: organization.name,
    organizations: [organization.name, second.organization.name],
    token: token.value,
    developerToken: developerToken.value,
    openPullRequests: pullRequests.filter((one) => one.status === "active").length,
    entra: { clientId: app.clientId, clientSecret: app.clientSecret, person: administrator.mail },
  };
}

function addStableToken(
  world: World,
  organization: OrganizationState,
  user: User,
  scopes: readonly string[],
): PersonalAccessToken {
  const value = azureDevOpsPat(`token of ${user.id}`);
  const token = { value, userId: user.id, displayName: "demo", scopes, organization: organization.name.toLowerCase() };
  world.tokens.push(token);
  return token;
}

async function openPullRequests(
  { world, organization, people }: SeedPlace,
  seed: SeedRepository,
  repository: RepositoryState,
) {
  const opened: PullRequestState[] = [];
  for (const wanted of seed.pullRequests ?? []) {
    opened.push(
      await createPullRequest(world, organization, repository, people[wanted.by]?.id ?? "", {
        sourceRefName: `refs/heads/${wanted.branch}`,
        targetRefName: "refs/heads/main",
        title: wanted.title,
        description: wanted.description,
        reviewers: wanted.reviewers.map((key) => ({ userId: people[key]?.id ?? "", isRequired: false })),
      }),
    );
  }
  return opened;
}

/** Definitions with two builds of the default branch each; the older one failed. */
async function runPipelines(demo: SeedPlace, seed: SeedRepository, repository: RepositoryState) {
  const first = seed.pipeline ? [{ name: seed.name, path: seed.pipeline }] : [];
  for (const { name, path } of [...first, ...(seed.morePipelines ?? [])])
    await runPipeline(demo, seed, repository, name, path);
}

async function runPipeline(
  { world, organization, people }: SeedPlace,
  seed: SeedRepository,
  repository: RepositoryState,
  name: string,
  yamlFilename: string,
) {
  const by = people[seed.history.at(-1)?.by ?? ""]?.id ?? "";
  const definition = addDefinition(
    world,
    { organization },
    { projectId: repository.projectId, name, repositoryId: repository.id, yamlFilename },
    { authoredBy: by, defaultBranch: "refs/heads/main", comment: "Set up from the repository's YAML file" },
  );
  const tip = repository.pushes[0]?.refUpdates.find((update) => update.name === "refs/heads/main")?.newObjectId ?? "";
  const message = seed.history.at(-1)?.message ?? "";
  for (const result of ["failed", "succeeded"] as const) {
    const request = {
      requestedBy: by,
      sourceBranch: "refs/heads/main",
      sourceVersion: tip,
      reason: "individualCI",
      message,
    };
    const build = queueBuild(world, organization, definition, request);
    startBuild(world, build);
    await completeBuild(world, organization, build, result, by);
  }
}

function addWorkItem({ world, organization, people, projects }: SeedPlace): void {
  const now = world.clock.now().toISOString();
  const project = projects[0] as ProjectState;
  const { ines } = people;
  organization.workItems.push({
    id: nextId(world, `work item ${organization.id}`),
    projectId: project.id,
    rev: 1,
    isDeleted: false,
    relations: [],
    fields: {
      "System.AreaPath": project.name,
      "System.TeamProject": project.name,
      "System.IterationPath": project.name,
      "System.WorkItemType": "User Story",
      "System.State": "Active",
      "System.Reason": "Implementation started",
      "System.CreatedDate": now,
      "System.ChangedDate": now,
      "System.CommentCount": 0,
      "System.Title": "Finance wants to hear of large refunds",
      "System.Description": `Asked for by ${ines?.displayName ?? "finance"}.`,
      "Microsoft.VSTS.Common.StateChangeDate": now,
      "Microsoft.VSTS.Common.Priority": 2,
    },
  });
}

/** What both organizations of the posture seed have: the same people, code, pipelines and resources, without anything that guards them. */
import { classicPhase } from "../../build/classic-phase.ts";
import { addDefinition } from "../../build/definitions.ts";
import { addGuest, addTenant } from "../../build-tenants.ts";
import { addMembership, addOrganization, addProject, addRepository } from "../../build-world.ts";
import { git } from "../../git/repository-store.ts";
import { type Group, groupsOf } from "../../identity/groups.ts";
import type { Place } from "../../inventory/build-guards.ts";
import {
  addEnvironment,
  addSecureFile,
  addServiceEndpoint,
  addTaskGroup,
  addVariableGroup,
} from "../../inventory/build-inventory.ts";
import type {
  AgentPool,
  Environment,
  SecureFile,
  ServiceEndpoint,
  TaskGroup,
  VariableGroup,
} from "../../inventory/inventory.ts";
import { inventoryOf, queueIdOf } from "../../inventory/inventory.ts";
import type { DefinitionState, OrganizationState, ProjectState, RepositoryState, User, World } from "../../world.ts";
import { addPerson } from "../add-person.ts";
import { type PlantedSecrets, plantedSecrets } from "../planted-secrets.ts";
import { stableId } from "../stable-id.ts";
import { type Posture, shopFiles, templateFiles } from "./posture-files.ts";

export interface PostureGround {
  readonly world: World;
  readonly posture: Posture;
  readonly organization: OrganizationState;
  readonly secrets: PlantedSecrets;
  /** Administers the organization. */
  readonly administrator: User;
  readonly people: {
    /** Administers the project Payments. */
    readonly olaf: User;
    /** Contributes to it. */
    readonly devi: User;
    readonly rosa: User;
    /** At home in another tenant. */
    readonly gus: User;
  };
  readonly projects: { readonly payments: ProjectState; readonly platform: ProjectState };
  readonly repositories: { readonly shop: RepositoryState; readonly templates: RepositoryState };
  readonly definitions: {
    readonly shop: DefinitionState;
    /** Classic. */
    readonly legacy: DefinitionState;
    /** Builds pull requests. */
    readonly checks: DefinitionState;
    /** Builds a repository of GitHub that everybody may read. */
    readonly site: DefinitionState;
  };
  readonly resources: {
    readonly connection: ServiceEndpoint;
    readonly library: VariableGroup;
    readonly file: SecureFile;
    readonly environment: Environment;
    readonly taskGroup: TaskGroup;
    readonly pool: AgentPool;
  };
}

export interface GroundOptions {
  readonly posture: Posture;
  readonly name: string;
  readonly addPool: (world: World, organization: OrganizationState, payments: ProjectState) => AgentPool;
  readonly connection: Pick<ServiceEndpoint, "scheme" | "data" | "secretParameters"> &
    Partial<Pick<ServiceEndpoint, "parameters">>;
  /** Where the secrets of production are kept; absent: in the group of variables. */
  readonly vault?: string;
}

export function placeOf(ground: PostureGround, project: ProjectState = ground.projects.payments): Place {
  return { world: ground.world, organization: ground.organization, project, by: ground.administrator };
}

export function groupOf(ground: PostureGround, name: string, project?: ProjectState): Group {
  const found = groupsOf(ground.organization).find((one) => one.displayName === name && one.project === project);
  if (!found) throw new Error(`${ground.organization.name} has no group ${name}`);
  return found;
}

function addPeople(world: World, name: string, organization: OrganizationState) {
  const tenant = addTenant(world, { id: organization.tenantId, name, domains: [`${name}.example`] });
  const administrator = addPerson(world, tenant, `${name}-ada`, "Ada Brandt");
  const outside = addTenant(world, {
    id: stableId(`${name} partners`),
    name: "Partners",
    domains: [`${name}-partners.example`],
  });
  const people = {
    olaf: addPerson(world, tenant, `${name}-olaf`, "Olaf Nyberg"),
    devi: addPerson(world, tenant, `${name}-devi`, "Devi Rao"),
    rosa: addPerson(world, tenant, `${name}-rosa`, "Rosa Winter"),
    gus: addPerson(world, outside, `${name}-gus`, "Gus Partner"),
  };
  addGuest(world, people.gus, tenant);
  addMembership(organization, administrator, "collection administrators");
  return { administrator, people };
}

async function addCode(
  world: World,
  organization: OrganizationState,
  projects: PostureGround["projects"],
  by: User,
  posture: Posture,
) {
  const add = (project: ProjectState, name: string, files: Readonly<Record<string, string>>) =>
    addRepository(world, organization, project, name, {
      id: stableId(`${organization.name} repository ${name}`),
      files,
      pushedBy: by,
    });
  const shop = await add(projects.payments, "shop", shopFiles(posture));
  const templates = await add(projects.platform, "pipeline-templates", templateFiles());
  await git(world, templates.id, ["tag", "v1", "refs/heads/main"]);
  return { shop, templates };
}

function addResources(
  world: World,
  organization: OrganizationState,
  payments: ProjectState,
  by: User,
  options: GroundOptions,
) {
  const connection = addServiceEndpoint(world, organization, payments, by, {
    id: stableId(`${organization.name} connection production`),
    name: "production",
    description: "Azure subscription of the shop.",
    type: "azurerm",
    url: "https://management.azure.com/",
    ...options.connection,
  });
  const step = {
    name: "Deploy",
    taskId: "46e4be58-730b-4389-8a2f-ea10b3e5e815",
    versionSpec: "2.*",
    inputs: { connectedServiceNameARM: connection.id, scriptType: "bash", inlineScript: "az webapp up" },
  };
  return {
    connection,
    library: addVariableGroup(world, organization, payments, by, {
      name: "production-secrets",
      ...(options.vault ? { vault: { name: options.vault, endpointId: connection.id } } : {}),
      variables: { "Database-Password": { value: "", isSecret: true }, "Api-Url": { value: "https://api.example" } },
    }),
    file: addSecureFile(world, organization, payments, by, { name: "signing.pfx" }),
    environment: addEnvironment(world, organization, payments, by, { name: "production" }),
    taskGroup: addTaskGroup(world, organization, payments, by, { name: "Deploy web app", steps: [step] }),
    pool: options.addPool(world, organization, payments),
  };
}

function addPipelines(ground: Omit<PostureGround, "definitions">): PostureGround["definitions"] {
  const { world, organization, administrator, projects, repositories, resources } = ground;
  const at = {
    projectId: projects.payments.id,
    repositoryId: repositories.shop.id,
    yamlFilename: "azure-pipelines.yml",
  };
  const by = { authoredBy: administrator.id, defaultBranch: "refs/heads/main" };
  const queueId = queueIdOf(world, organization, projects.payments.id, resources.pool.id);
  const group = {
    name: "Deploy",
    taskId: resources.taskGroup.id,
    versionSpec: "1.*",
    definitionType: "metaTask",
  } as const;
  const outside = {
    type: "GitHub",
    id: `${organization.name}/site`,
    name: `${organization.name}/site`,
    url: `https://github.com/${organization.name}/site.git`,
    properties: { isPrivate: "False", hasAdminPermissions: "True" },
  } as const;
  return {
    checks: addDefinition(world, { organization }, { ...at, name: "shop checks", yamlFilename: "checks.yml" }, by),
    shop: addDefinition(world, { organization }, { ...at, name: "shop" }, { ...by, poolId: resources.pool.id }),
    legacy: addDefinition(
      world,
      { organization },
      { ...at, name: "shop legacy" },
      { ...by, poolId: resources.pool.id, phases: [classicPhase("Agent job", queueId, [{ ...group, inputs: {} }])] },
    ),
    site: addDefinition(world, { organization }, { ...at, name: "site", repositoryId: outside.id }, { ...by, outside }),
  };
}

export async function buildGround(world: World, options: GroundOptions): Promise<PostureGround> {
  const { name, posture } = options;
  const organization = addOrganization(world, name, { id: stableId(name), tenantId: stableId(`${name} tenant`) });
  const { administrator, people } = addPeople(world, name, organization);
  const project = (title: string, description: string) =>
    addProject(world, organization, title, { id: stableId(`${name} project ${title}`), description });
  const projects = {
    payments: project("Payments", "What customers pay with."),
    platform: project("Platform", "What every team builds on."),
  };
  addMembership(organization, people.olaf, "project administrators", projects.payments);
  for (const one of [people.devi, people.rosa]) addMembership(organization, one, "contributors", projects.payments);
  // every organization begins with these, and the one that all projects share is of no use to them
  const [shared] = inventoryOf(world, organization).pools;
  if (shared && posture === "strong") Object.assign(shared, { autoProvision: false, projectIds: [] });
  const ground = {
    world,
    posture,
    organization,
    secrets: plantedSecrets(`posture ${name}`),
    administrator,
    people,
    projects,
    repositories: await addCode(world, organization, projects, administrator, posture),
    resources: addResources(world, organization, projects.payments, administrator, options),
  };
  return { ...ground, definitions: addPipelines(ground) };
}

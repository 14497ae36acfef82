/** The organization of the benchmark `posture`, emulated in a thread of its own, whose clock the benchmark turns. */
import { parentPort, workerData } from "node:worker_threads";
import { addDefinition } from "../emulator/build/definitions.ts";
import { completeBuild, queueBuild } from "../emulator/build/queue-build.ts";
import { addApprovalCheck, openToAllPipelines, openToPipeline } from "../emulator/inventory/build-guards.ts";
import { addEnvironment, addServiceEndpoint, addVariableGroup } from "../emulator/inventory/build-inventory.ts";
import { addAgentPool } from "../emulator/inventory/inventory.ts";
import { type ManySeed, seedMany } from "../emulator/seeds/seed-many.ts";
import { startEmulator } from "../emulator/start-emulator.ts";
import type { ProjectState, World } from "../emulator/world.ts";

export interface PostureWorldAsked {
  readonly folder: string;
  readonly projects: number;
}

export interface PostureWorldTold {
  readonly url: string;
  readonly organization: { readonly id: string; readonly name: string };
  readonly token: string;
  readonly projects: readonly {
    readonly id: string;
    readonly name: string;
    readonly visibility: ProjectState["visibility"];
  }[];
}

/** A budget of calls in five minutes from now on, or so many milliseconds that pass. */
export type PostureWorldOrder = { readonly budget: number } | { readonly pass: number };

const runsOfPipeline = 5;

async function seedProject(
  world: World,
  { organization, administrator, repositories }: ManySeed,
  project: ProjectState,
) {
  const place = { world, organization, project, by: administrator };
  const own = repositories.filter(({ projectId }) => projectId === project.id);
  const definitions = Array.from({ length: 10 }, (_, index) =>
    addDefinition(
      world,
      { organization },
      {
        projectId: project.id,
        name: `pipeline ${index}`,
        repositoryId: own[index % own.length]?.id ?? "",
        yamlFilename: "azure-pipelines.yml",
      },
      { authoredBy: administrator.id, variables: { "Api.Url": { value: "https://api.example" } } },
    ),
  );
  for (let index = 0; index < 6; index += 1) {
    const endpoint = addServiceEndpoint(world, organization, project, administrator, {
      name: `cloud ${index}`,
      type: "azurerm",
      url: "https://management.example/",
      scheme: "ServicePrincipal",
      secretParameters: ["serviceprincipalkey"],
    });
    const group = addVariableGroup(world, organization, project, administrator, {
      name: `library ${index}`,
      variables: { Url: { value: "https://api.example" }, ...(index < 3 && { Key: { value: "", isSecret: true } }) },
    });
    const [definition] = definitions;
    if (definition) openToPipeline(place, { type: "endpoint", id: endpoint.id }, definition);
    openToAllPipelines(place, { type: "variablegroup", id: group.id });
  }
  for (let index = 0; index < 4; index += 1) {
    const environment = addEnvironment(world, organization, project, administrator, { name: `environment ${index}` });
    addApprovalCheck(place, { type: "environment", id: environment.id }, { approvers: [administrator] });
  }
  for (const definition of definitions.slice(0, runsOfPipeline)) {
    const request = { requestedBy: administrator.id, sourceBranch: "refs/heads/main", sourceVersion: "1".repeat(40) };
    const build = queueBuild(world, organization, definition, request);
    await completeBuild(world, organization, build, "succeeded", administrator.id);
  }
}

const { folder, projects } = workerData as PostureWorldAsked;
const emulator = await startEmulator({ folder });
const { world } = emulator;
const seed = await seedMany(world, { repositories: projects * 5, projects });
addAgentPool(world, seed.organization, { name: "own", isHosted: false, agents: ["one", "two"] });
for (const project of seed.projects) await seedProject(world, seed, project);

async function obey(order: PostureWorldOrder): Promise<void> {
  if ("pass" in order) await emulator.clock.advance(order.pass);
  else world.switches.rateBudget = { limit: order.budget, window: 300 };
  parentPort?.postMessage("done");
}

parentPort?.on("message", (order: PostureWorldOrder) => void obey(order));
const told: PostureWorldTold = {
  url: emulator.url,
  organization: { id: seed.organization.id, name: seed.organization.name },
  token: seed.token.value,
  projects: seed.projects.map(({ id, name, visibility }) => ({ id, name, visibility })),
};
parentPort?.postMessage(told);

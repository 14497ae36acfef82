/** Tasks that pipelines of an organization may use: some of those that the service brings, and those of installed extensions. */
import { type Call, list, type Route } from "../route.ts";
import type { World } from "../world.ts";
import { inventoryOf } from "./inventory.ts";

interface KnownTask {
  readonly id: string;
  readonly name: string;
  readonly versions: readonly number[];
  readonly deprecated: readonly number[];
  /** Input that names a service connection, and the type of that. */
  readonly connections: readonly (readonly [input: string, type: string])[];
}

/** One task a line: id, name, major versions (`~` is deprecated), inputs with the type of their connection. */
const known = `
d9bafed4-0b18-4f58-968d-86655b4d2ce9 CmdLine ~1,2
6c731c3c-3c68-459a-a5c9-bde6e6595b5b Bash ~2,3
e213ff0f-5d5c-4791-802d-52ea3e7be1f1 PowerShell ~1,2
46e4be58-730b-4389-8a2f-ea10b3e5e815 AzureCLI ~1,2,3 connectedServiceNameARM=AzureRM
72a1931b-effb-4d2e-8fd8-f8472a07cb62 AzurePowerShell ~3,4,5 ConnectedServiceNameARM=AzureRM
94a74903-f93f-4075-884f-dc11f34058b4 AzureResourceManagerTemplateDeployment 3 azureResourceManagerConnection=AzureRM
497d490f-eea7-4f2b-ab94-48d9c1acdcb1 AzureRmWebAppDeployment ~3,4,5 ConnectedServiceName=AzureRM
1e244d32-2dd4-4165-96fb-b7441ca9331e AzureKeyVault ~1,2 ConnectedServiceName=AzureRM
e28912f1-0114-4464-802a-a3a35437fd16 Docker ~0,~1,2 containerRegistry=dockerregistry
5541a522-603c-47ad-91fc-a4b1d163081b DotNetCoreCLI ~1,2 externalEndpoints=externalnugetfeed
fe47e961-9fa8-4106-8639-368c024d43ad Npm ~0,1 customEndpoint=externalnpmregistry
33c63b11-352b-45a2-ba1b-54cb568a29ca UsePythonVersion 0
2a6ca863-f2ce-4f4d-8bcb-15e64608ec4b DownloadSecureFile 1
0b0f01ed-7dde-43ff-9cbb-e48954daf9b1 PublishTestResults ~1,2
ecdc45f6-832d-4ad9-b52b-ee49e94659be PublishPipelineArtifact ~0,1
61f2a582-95ae-4948-b34d-a1b3c4f6a737 DownloadPipelineArtifact ~0,~1,2
`
  .trim()
  .split("\n")
  .map((line): KnownTask => {
    const [id = "", name = "", versions = "", ...connections] = line.split(" ");
    const numbers = versions.split(",");
    return {
      id,
      name,
      versions: numbers.map((one) => Number(one.replace("~", ""))),
      deprecated: numbers.filter((one) => one.startsWith("~")).map((one) => Number(one.slice(1))),
      connections: connections.map((one) => one.split("=") as [string, string]),
    };
  });

function shape(task: KnownTask, major: number, extension?: string): Record<string, unknown> {
  return {
    visibility: ["Build", "Release"],
    runsOn: ["Agent", "DeploymentGroup"],
    id: task.id,
    name: task.name,
    version: { major, minor: 200, patch: 0, isTest: false },
    serverOwned: extension === undefined,
    contentsUploaded: true,
    iconUrl: "",
    friendlyName: task.name,
    description: "",
    category: "Utility",
    definitionType: "task",
    author: extension === undefined ? "Microsoft Corporation" : extension.split(".")[0],
    ...(extension === undefined ? {} : { contributionIdentifier: extension, contributionVersion: `${major}.200.0` }),
    ...(task.deprecated.includes(major) ? { deprecated: true } : {}),
    demands: [],
    groups: [],
    inputs: task.connections.map(([name, type]) => ({
      name,
      label: name,
      defaultValue: "",
      required: true,
      type: `connectedService:${type}`,
    })),
    satisfies: [],
    sourceDefinitions: [],
    dataSourceBindings: [],
    instanceNameFormat: task.name,
    preJobExecution: {},
    execution: { Node20_1: { target: "index.js" } },
    postJobExecution: {},
  };
}

function tasksOf(call: Call, world: World): Record<string, unknown>[] {
  const id = call.params.taskId?.toLowerCase();
  const own = known.flatMap((task) => task.versions.map((major) => shape(task, major)));
  const added = inventoryOf(world, call.organization).extensions.flatMap((extension) =>
    extension.tasks.flatMap((task) =>
      task.versions.map((major) =>
        shape(
          { ...task, deprecated: [], connections: [] },
          major,
          `${extension.publisherId}.${extension.extensionId}.${task.name}`,
        ),
      ),
    ),
  );
  return [...own, ...added].filter((task) => id === undefined || task.id === id);
}

export const taskRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/{organization}/_apis/distributedtask/tasks/{taskId?}",
    handle: (call, world) => list(tasksOf(call, world)),
  },
];

/** Connections with secrets that last, and a classic release that asks nobody. */
import { addReleaseDefinition, addServiceEndpoint } from "../../inventory/build-inventory.ts";
import { queueIdOf } from "../../inventory/inventory.ts";
import type { PostureGround } from "./build-ground.ts";

export function addRiskyConnections(ground: PostureGround): void {
  const { world, organization, projects, administrator } = ground;
  const add = (options: Parameters<typeof addServiceEndpoint>[4]) =>
    addServiceEndpoint(world, organization, projects.payments, administrator, options);
  add({
    name: "old-azure",
    type: "azure",
    url: "https://management.core.windows.net/",
    scheme: "Certificate",
    secretParameters: ["certificate"],
  });
  add({
    name: "registry",
    type: "dockerregistry",
    url: "https://registry.wavecrest.example/",
    scheme: "UsernamePassword",
    parameters: { registry: "https://registry.wavecrest.example/", username: "ci" },
    secretParameters: ["password"],
    sharedWith: [projects.platform],
  });
  add({
    name: "github",
    type: "github",
    url: "https://github.com",
    scheme: "PersonalAccessToken",
    secretParameters: ["accessToken"],
  });
  add({
    name: "deployed-hook",
    type: "incomingwebhook",
    url: "https://dev.azure.com",
    scheme: "None",
    data: { webhookname: "deployed" },
  });
}

export function addRiskyRelease({
  world,
  organization,
  projects,
  administrator,
  definitions,
  resources,
  secrets,
}: PostureGround): void {
  const step = {
    name: "Deploy",
    taskId: resources.taskGroup.id,
    versionSpec: "1.*",
    definitionType: "metaTask",
    inputs: {},
  } as const;
  const queueId = queueIdOf(world, organization, projects.payments.id, resources.pool.id);
  const phases = [{ name: "Agent job", queueId, tokenForScripts: true, steps: [step] }];
  addReleaseDefinition(world, organization, projects.payments, administrator, {
    name: "Shop",
    variables: { Token: { value: secrets.npmToken } },
    artifacts: [{ alias: "_shop", definition: { id: definitions.shop.id, name: definitions.shop.name } }],
    triggers: [{ alias: "_shop", branches: [] }],
    stages: [
      { name: "Staging", approver: administrator, creatorMayApprove: true, skipsIfSameApprover: true, phases },
      { name: "Production", phases },
    ],
  });
}

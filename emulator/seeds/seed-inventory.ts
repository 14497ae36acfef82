/** What the demo's pipelines use: a pool, libraries, a service connection, a feed, an extension, a classic release that waits. */
import { groupsOf } from "../identity/groups.ts";
import { addApprovalCheck, type GuardedResource, openToAllPipelines, type Place } from "../inventory/build-guards.ts";
import {
  addDeploymentGroup,
  addExtension,
  addFeed,
  addRelease,
  addReleaseDefinition,
  addServiceEndpoint,
  addTaskGroup,
  addVariableGroup,
} from "../inventory/build-inventory.ts";
import { addAgentPool } from "../inventory/inventory.ts";
import type { OrganizationState, ProjectState, User, World } from "../world.ts";
import { stableId } from "./stable-id.ts";

/**
 * One way from everybody who may push to production: every pipeline of the project may use the connection, whatever its
 * branch, and who started a run may approve it.
 */
function guardWeakly(place: Place, connection: GuardedResource): void {
  openToAllPipelines(place, connection);
  const contributors = groupsOf(place.organization).find(
    (group) => group.project === place.project && group.grants === "contributors",
  );
  if (!contributors) throw new Error(`${place.project.name} has no contributors`);
  addApprovalCheck(place, connection, { approvers: [contributors], minimum: 1, requesterMayApprove: true });
}

export function seedInventory(
  world: World,
  organization: OrganizationState,
  project: ProjectState,
  people: { readonly administrator: User; readonly developer: User },
): void {
  const { administrator, developer } = people;
  addAgentPool(world, organization, { name: "Brightwater Build", isHosted: false, agents: ["build-01", "build-02"] });
  const library = addVariableGroup(world, organization, project, developer, {
    name: "storefront-production",
    description: "What the release of the storefront needs to know.",
    variables: {
      "Api.BaseUrl": { value: "https://api.brightwater.example" },
      "Database.Password": { value: "", isSecret: true },
    },
  });
  addTaskGroup(world, organization, project, developer, {
    name: "Publish web app",
    description: "Builds and publishes one web app.",
    steps: [
      {
        name: "Build the web app",
        taskId: "e213ff0f-5d5c-4791-802d-52ea3e7be1f1",
        versionSpec: "2.*",
        inputs: { targetType: "inline", script: "npm ci && npm run build" },
      },
    ],
  });
  addDeploymentGroup(world, organization, project, administrator, {
    name: "Storefront machines",
    description: "Virtual machines of the storefront.",
  });
  const place = { world, organization, project, by: administrator };
  openToAllPipelines(place, { type: "variablegroup", id: library.id });
  const connection = addServiceEndpoint(world, organization, project, administrator, {
    id: stableId("service connection brightwater-production"),
    name: "brightwater-production",
    description: "Azure subscription of the storefront.",
    type: "azurerm",
    url: "https://management.azure.com/",
    scheme: "ServicePrincipal",
    data: {
      environment: "AzureCloud",
      scopeLevel: "Subscription",
      subscriptionId: stableId("subscription brightwater"),
      subscriptionName: "Brightwater Production",
    },
    parameters: { tenantid: organization.tenantId, serviceprincipalid: stableId("principal storefront") },
    secretParameters: ["serviceprincipalkey"],
  });
  guardWeakly(place, { type: "endpoint", id: connection.id });
  addFeed(world, organization, { name: "brightwater", description: "Packages that every team uses." });
  addFeed(world, organization, {
    name: "storefront-packages",
    description: "Packages of the storefront.",
    project,
    hasPublicUpstream: true,
    packages: [{ name: "@brightwater/checkout-ui", protocolType: "Npm", versions: ["1.3.0", "1.4.2"] }],
  });
  addExtension(world, organization, {
    publisherId: "example-tools",
    publisherName: "Example Tools",
    extensionId: "release-notes",
    extensionName: "Release Notes",
    version: "2.1.0",
    scopes: ["vso.build", "vso.work"],
  });
  const definition = addReleaseDefinition(world, organization, project, administrator, {
    name: "Storefront",
    stages: [{ name: "Staging", approver: administrator }, { name: "Production" }],
  });
  addRelease(world, organization, definition, developer);
  const quick = addReleaseDefinition(world, organization, project, developer, {
    name: "Preview",
    stages: [{ name: "Preview" }],
  });
  addRelease(world, organization, quick, developer);
}

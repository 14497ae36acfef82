/** Extensions that the organization installed from the marketplace. */
import { type Call, list, type Route } from "../route.ts";
import type { World } from "../world.ts";
import { type InstalledExtension, inventoryOf } from "./inventory.ts";
import { missing } from "./page.ts";

const host = "extmgmt.dev.azure.com" as const;
const root = "/{organization}/_apis/extensionmanagement";

function shape(one: InstalledExtension): Record<string, unknown> {
  const at = `https://${one.publisherId}.gallerycdn.example/extensions/${one.publisherId}/${one.extensionId}/${one.version}`;
  const tasks = one.tasks.map(({ name }) => ({
    id: `${one.publisherId}.${one.extensionId}.${name}`,
    type: "ms.vss-distributed-task.task",
  }));
  return {
    extensionId: one.extensionId,
    extensionName: one.extensionName,
    publisherId: one.publisherId,
    publisherName: one.publisherName,
    version: one.version,
    manifestVersion: 1,
    baseUri: at,
    fallbackBaseUri: at,
    scopes: one.scopes,
    installState: { flags: one.isDisabled ? "disabled" : "none", lastUpdated: one.installed.toISOString() },
    lastPublished: one.lastPublished.toISOString(),
    contributions: [...one.contributions, ...tasks].map((contribution) => ({
      description: "",
      targets: [],
      properties: {},
      ...contribution,
    })),
    contributionTypes: [],
    files: [],
    flags: one.flags.join(", "),
  };
}

export const extensionRoutes: readonly Route[] = [
  {
    method: "GET",
    host,
    path: `${root}/installedextensions`,
    scopes: ["extension"],
    preview: true,
    handle: (call, world) => list(inventoryOf(world, call.organization).extensions.map(shape)),
  },
  {
    method: "GET",
    host,
    path: `${root}/installedextensionsbyname/{publisherName}/{extensionName}`,
    scopes: ["extension_manage"],
    preview: true,
    handle: (call, world) => ({ body: shape(requireExtension(call, world)) }),
  },
];

function requireExtension(call: Call, world: World): InstalledExtension {
  const { publisherName = "", extensionName = "" } = call.params;
  const found = inventoryOf(world, call.organization).extensions.find(
    (one) =>
      one.publisherId.toLowerCase() === publisherName.toLowerCase() &&
      one.extensionId.toLowerCase() === extensionName.toLowerCase(),
  );
  if (found) return found;
  throw missing(
    "InstalledExtensionNotFoundException",
    `The extension ${publisherName}.${extensionName} is not installed on the organization ${call.organization.name}.`,
  );
}

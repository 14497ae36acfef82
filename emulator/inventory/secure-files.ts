/** Secure files of a project: their names, never their content. */
import { type Call, list, type Route } from "../route.ts";
import { identityRef, requireProject } from "../shapes.ts";
import type { World } from "../world.ts";
import { inventoryOf, type SecureFile } from "./inventory.ts";
import { idsOf, missing } from "./page.ts";

const scopes = ["securefiles_read"];
const root = "/{organization}/{project}/_apis/distributedtask/securefiles";

function shape(call: Call, world: World, file: SecureFile): Record<string, unknown> {
  const by = identityRef(world, file.createdBy, call.organization);
  const at = file.createdOn.toISOString();
  return {
    id: file.id,
    name: file.name,
    properties: {},
    createdBy: by,
    createdOn: at,
    modifiedBy: by,
    modifiedOn: at,
  };
}

function filesOf(call: Call, world: World): SecureFile[] {
  const project = requireProject(call, world);
  return inventoryOf(world, call.organization).secureFiles.filter((one) => one.projectId === project.id);
}

export const secureFileRoutes: readonly Route[] = [
  {
    method: "GET",
    path: root,
    scopes,
    preview: true,
    handle(call, world) {
      const pattern = call.query("namePattern")?.toLowerCase().replace(/\*/g, "");
      const names = idsOf(call, "secureFileNames");
      const ids = idsOf(call, "secureFileIds");
      const found = filesOf(call, world).filter(
        (one) =>
          (pattern === undefined || one.name.toLowerCase().includes(pattern)) &&
          (names === undefined || names.includes(one.name.toLowerCase())) &&
          (ids === undefined || ids.includes(one.id)),
      );
      return list(found.map((one) => shape(call, world, one)));
    },
  },
  {
    method: "GET",
    path: `${root}/{secureFileId}`,
    scopes,
    preview: true,
    handle(call, world) {
      const file = filesOf(call, world).find((one) => one.id === call.params.secureFileId?.toLowerCase());
      if (file) return { body: shape(call, world, file) };
      throw missing("SecureFileNotFoundException", `Secure file with ID ${call.params.secureFileId} does not exist.`);
    },
  },
];

/** Operations on security: namespaces, access control lists, and whether the caller holds permissions. No scope is declared for reading. */
import { bodyObject, textOf } from "../query-values.ts";
import { type Answer, type Call, list, Refusal, type Route } from "../route.ts";
import type { World } from "../world.ts";
import { deleteEntries, deletePermissions, putEntries, putLists } from "./access-control-entries.ts";
import { listAccessControl } from "./access-control-lists.ts";
import { holds } from "./evaluate.ts";
import { findNamespace, namespaces, type SecurityNamespace } from "./namespaces.ts";
import { securityRoleRoutes } from "./security-roles.ts";

const zeroGuid = "00000000-0000-0000-0000-000000000000";

function shape(namespace: SecurityNamespace): Record<string, unknown> {
  return {
    namespaceId: namespace.id,
    name: namespace.name,
    displayName: namespace.displayName,
    separatorValue: namespace.separator,
    elementLength: -1,
    writePermission: namespace.writePermission,
    readPermission: namespace.readPermission,
    dataspaceCategory: "Default",
    actions: namespace.actions.map(({ bit, name, displayName }) => ({
      bit,
      name,
      displayName,
      namespaceId: namespace.id,
    })),
    structureValue: 1,
    extensionType: null,
    isRemotable: false,
    useTokenTranslator: false,
    systemBitMask: 0,
  };
}

function requireNamespace(id: string | undefined): SecurityNamespace {
  const namespace = findNamespace(id);
  if (namespace) return namespace;
  throw new Refusal(
    404,
    "InvalidSecurityNamespaceException",
    `The security namespace with id ${id} does not exist.`,
    "Microsoft.VisualStudio.Services.Security.InvalidSecurityNamespaceException, Microsoft.VisualStudio.Services.WebApi",
  );
}

function listNamespaces(call: Call): Answer {
  const id = call.params.securityNamespaceId;
  if (id === undefined || id === zeroGuid) return list(namespaces.map(shape));
  return list([shape(requireNamespace(id))]);
}

function requireBits(value: unknown): number {
  const bits = typeof value === "string" && /^\d+$/.test(value) ? Number(value) : value;
  if (typeof bits === "number" && Number.isInteger(bits) && bits > 0) return bits;
  throw new Refusal(400, "ArgumentException", "The permissions to evaluate are not a number above 0.");
}

/** One yes or no per token. */
function hasPermissions(call: Call, world: World): Answer {
  const namespace = requireNamespace(call.params.securityNamespaceId);
  const bits = requireBits(call.params.permissions);
  const delimiter = call.query("delimiter") || ",";
  const tokens = (call.query("tokens") ?? call.query("token") ?? "").split(delimiter);
  return list(tokens.map((token) => holds(world, call.organization, call.user, namespace, token, bits)));
}

function evaluateBatch(call: Call, world: World): Answer {
  const body = bodyObject(call);
  const { evaluations } = body;
  if (!Array.isArray(evaluations))
    throw new Refusal(400, "ArgumentNullException", "Value cannot be null.\r\nParameter name: evaluations");
  return {
    body: {
      ...(typeof body.alwaysAllowAdministrators === "boolean"
        ? { alwaysAllowAdministrators: body.alwaysAllowAdministrators }
        : {}),
      evaluations: evaluations.map((one) => {
        const asked = Object.fromEntries(
          Object.entries(bodyObject({ body: one })).map(([name, value]) => [name.toLowerCase(), value]),
        );
        const namespace = requireNamespace(textOf(asked.securitynamespaceid));
        const permissions = requireBits(asked.permissions);
        const token = textOf(asked.token) ?? "";
        return {
          securityNamespaceId: namespace.id,
          token,
          permissions,
          value: holds(world, call.organization, call.user, namespace, token, permissions),
        };
      }),
    },
  };
}

const root = "/{organization}/_apis";
const manage = ["security_manage"];

export const routes: readonly Route[] = [
  { method: "GET", path: `${root}/securitynamespaces/{securityNamespaceId?}`, handle: listNamespaces },
  {
    method: "GET",
    path: `${root}/accesscontrollists/{securityNamespaceId}`,
    handle: (call) => listAccessControl(call, requireNamespace(call.params.securityNamespaceId)),
  },
  {
    method: "POST",
    path: `${root}/accesscontrollists/{securityNamespaceId}`,
    scopes: manage,
    handle: (call, world) => putLists(call, world, requireNamespace(call.params.securityNamespaceId)),
  },
  {
    method: "POST",
    path: `${root}/accesscontrolentries/{securityNamespaceId}`,
    scopes: manage,
    handle: (call, world) => putEntries(call, world, requireNamespace(call.params.securityNamespaceId)),
  },
  {
    method: "DELETE",
    path: `${root}/accesscontrolentries/{securityNamespaceId}`,
    scopes: manage,
    handle: (call, world) => deleteEntries(call, world, requireNamespace(call.params.securityNamespaceId)),
  },
  {
    method: "DELETE",
    path: `${root}/permissions/{securityNamespaceId}/{permissions}`,
    scopes: manage,
    handle(call, world) {
      const namespace = requireNamespace(call.params.securityNamespaceId);
      return deletePermissions(call, world, namespace, requireBits(call.params.permissions));
    },
  },
  { method: "GET", path: `${root}/permissions/{securityNamespaceId}/{permissions}`, handle: hasPermissions },
  { method: "POST", path: `${root}/security/permissionevaluationbatch`, handle: evaluateBatch },
  ...securityRoleRoutes,
];

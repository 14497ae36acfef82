/** Setting permissions: entries and whole lists of a token, by those who may change them there. */
import { recordAudit } from "../administration/audit-events.ts";
import { bodyObject, textOf } from "../query-values.ts";
import { type Answer, type Call, list, Refusal } from "../route.ts";
import type { World } from "../world.ts";
import { type AccessControlEntry, removeEntry, setEntry, setInheritance } from "./access-control-lists.ts";
import { holds } from "./evaluate.ts";
import type { SecurityNamespace } from "./namespaces.ts";

function requireManager(call: Call, world: World, namespace: SecurityNamespace, token: string): void {
  const { writePermission } = namespace;
  const { organization, user } = call;
  const isManager = writePermission > 0 && holds(world, organization, user, namespace, token, writePermission);
  if (isManager) return;
  throw new Refusal(
    403,
    "AccessCheckException",
    `Access Denied: ${call.user.displayName} needs the following permission(s) on the resource ${token} to perform this action: Manage permissions`,
    "Microsoft.VisualStudio.Services.Security.AccessCheckException, Microsoft.VisualStudio.Services.WebApi",
  );
}

function tell(call: Call, world: World, namespace: SecurityNamespace, token: string): void {
  recordAudit(world, call.organization, call.user, {
    actionId: "Security.ModifyAccessControlLists",
    area: "Permissions",
    category: "modify",
    details: `Permissions of ${namespace.displayName} at ${token} were changed`,
    data: { NamespaceId: namespace.id, NamespaceName: namespace.name, Token: token },
  });
}

function readEntry(value: unknown): AccessControlEntry {
  const { descriptor, allow, deny } = bodyObject({ body: value });
  const name = textOf(descriptor);
  if (!name)
    throw new Refusal(400, "ArgumentNullException", "Value cannot be null.\r\nParameter name: identityDescriptor");
  return {
    descriptor: name,
    allow: typeof allow === "number" ? allow : 0,
    deny: typeof deny === "number" ? deny : 0,
  };
}

export function putEntries(call: Call, world: World, namespace: SecurityNamespace): Answer {
  const { token, merge, accessControlEntries } = bodyObject(call);
  const place = textOf(token);
  if (place === undefined)
    throw new Refusal(400, "ArgumentNullException", "Value cannot be null.\r\nParameter name: token");
  requireManager(call, world, namespace, place);
  const wanted = (Array.isArray(accessControlEntries) ? accessControlEntries : []).map(readEntry);
  tell(call, world, namespace, place);
  return list(wanted.map((one) => setEntry(call.organization, namespace, place, one, merge === true)));
}

export function deleteEntries(call: Call, world: World, namespace: SecurityNamespace): Answer {
  const token = call.query("token") ?? "";
  requireManager(call, world, namespace, token);
  for (const descriptor of (call.query("descriptors") ?? "").split(","))
    removeEntry(call.organization, namespace, token, descriptor);
  tell(call, world, namespace, token);
  return { body: true };
}

/** Answers nothing. */
export function putLists(call: Call, world: World, namespace: SecurityNamespace): Answer {
  const { value } = bodyObject(call);
  for (const one of Array.isArray(value) ? value : []) {
    const { token, inheritPermissions, acesDictionary } = bodyObject({ body: one });
    const place = textOf(token) ?? "";
    requireManager(call, world, namespace, place);
    setInheritance(call.organization, namespace, place, inheritPermissions !== false);
    for (const entry of Object.values(bodyObject({ body: acesDictionary })))
      setEntry(call.organization, namespace, place, readEntry(entry), false);
    tell(call, world, namespace, place);
  }
  return { status: 204 };
}

/** Takes bits from what an identity was allowed or denied at a token. */
export function deletePermissions(call: Call, world: World, namespace: SecurityNamespace, bits: number): Answer {
  const token = call.query("token") ?? "";
  const descriptor = call.query("descriptor") ?? "";
  requireManager(call, world, namespace, token);
  const before = setEntry(call.organization, namespace, token, { descriptor, allow: 0, deny: 0 }, true);
  const left = { descriptor, allow: before.allow & ~bits, deny: before.deny & ~bits };
  setEntry(call.organization, namespace, token, left, false);
  tell(call, world, namespace, token);
  return { body: left };
}

/**
 * Template functions that name resources or ask them. Ids are known texts as far as their names are known; what a
 * resource answers when it runs (`reference`, `listKeys`) is unknown, with the resource it comes from.
 */
import type { Node } from "../../node.ts";
import { argument, type Call, type FunctionTable, misfit, strict, type TemplateFunction, values } from "../call.ts";
import { concatenated } from "../concatenated.ts";
import { pointedAt, resourceIdOf, scopeIds } from "../resource-id.ts";
import { isNamed, isText, objectOf, scalarOf, unknownCall, writtenOut } from "../values.ts";

export const resourceFunctions: FunctionTable = {
  resourceid: (call) =>
    named(call, (scopes, { at, scope }) => {
      const [first, second] = scopes;
      if (!first) return scalarOf(at, scopeIds[scope.target]);
      if (!second) return inGroup(scalarOf(at, "<subscription>"), first, at);
      return inGroup(first, second, at);
    }),
  subscriptionresourceid: (call) =>
    named(call, ([first], { at }) =>
      first ? concatenated([scalarOf(at, "/subscriptions/"), first], at) : scalarOf(at, scopeIds.subscription),
    ),
  managementgroupresourceid: (call) =>
    named(call, ([first], { at }) =>
      first
        ? concatenated([scalarOf(at, "/providers/Microsoft.Management/managementGroups/"), first], at)
        : scalarOf(at, scopeIds.managementGroup),
    ),
  tenantresourceid: (call) => named(call, (_, { at }) => scalarOf(at, "")),
  extensionresourceid: (call) => {
    const [owner, ...rest] = values(call);
    return owner ? identified(rest, () => owner, call) : misfit(call);
  },
  reference: (call) => {
    const [what] = values(call);
    if (!what) return misfit(call);
    const [address] = pointers(what);
    const known = address === undefined ? undefined : call.scope.reference?.(address);
    return known ?? asked(call);
  },
  references: (call) => asked(call),
  resourceinfo: (call) => asked(call),
  providers: (call) => asked(call),
  roledefinitions: strict(([name], { at }) => (isText(name) ? roleNamed(name.value, at) : undefined)),
  pickzones: (call) => asked(call),
  tologicalzone: (call) => asked(call),
  tologicalzones: (call) => asked(call),
  tophysicalzone: (call) => asked(call),
  tophysicalzones: (call) => asked(call),
};

/** Ids of roles that are the same everywhere; of all others the name stands in place of the id. */
const roleIds: Readonly<Record<string, string>> = {
  owner: "8e3af657-a8ff-443c-a75c-2fe8c4bcb635",
  contributor: "b24988ac-6180-42a0-ab88-20f7382dd24c",
  reader: "acdd72a7-3385-48ef-bd42-f606fba81ae7",
  "user access administrator": "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9",
  "role based access control administrator": "f58310d9-a9f6-439a-9e8d-f62e7b41a168",
};

function roleNamed(name: string, at: Call["at"]): Node {
  const id = roleIds[name.toLowerCase()] ?? `<${name}>`;
  return objectOf(at, [
    ["id", scalarOf(at, `/providers/Microsoft.Authorization/roleDefinitions/${id}`)],
    ["roleDefinitionId", scalarOf(at, id)],
  ]);
}

/** `listKeys`, `listAccountSas`, `list...`: what a resource answers. */
export const listing: TemplateFunction = (call) => asked(call);

function inGroup(subscription: Node, group: Node, at: Call["at"]): Node {
  return concatenated([scalarOf(at, "/subscriptions/"), subscription, scalarOf(at, "/resourceGroups/"), group], at);
}

function named(call: Call, scopeOf: (scopes: readonly Node[], call: Call) => Node): Node {
  return identified(values(call), (scopes) => scopeOf(scopes, call), call);
}

/** `[scopes...], type, names...`: the type is the first text with a slash that has as many names behind it as it needs. */
function identified(given: readonly Node[], scopeOf: (scopes: readonly Node[]) => Node, call: Call): Node {
  const isType = (value: Node) =>
    isText(value) && /^[\w-]+(?:\.[\w-]+)*\/.+/.test(value.value) && value.value.includes(".");
  const position = given.findIndex(isType);
  const type = given[position];
  if (!isText(type))
    return given.some((value) => value.is === "unknown") ? unknownCall(call.name, given, call.at) : misfit(call);
  const names = given.slice(position + 1);
  if (names.length === 0) return misfit(call);
  return resourceIdOf(scopeOf(given.slice(0, position)), type.value, names, call.at);
}

/** An id's addresses; a bare name points to the resource of that name. */
function pointers(what: Node): readonly string[] {
  const addresses = pointedAt(what);
  if (addresses.length > 0) return addresses;
  const name = what.is === "scalar" || what.is === "unknown" ? writtenOut(what) : undefined;
  return name === undefined || !isNamed(name) ? [] : [name];
}

function asked(call: Call): Node {
  const what = argument(call, 0);
  const unknown = unknownCall(call.name, values(call), call.at, `known only when it is deployed: ${call.name}`);
  if (!what) return unknown;
  return { ...unknown, refs: [...new Set([...unknown.refs, ...pointers(what)])] };
}

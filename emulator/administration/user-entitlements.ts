/** Licences of the organization's people, in pages whose token stands in the body. */
import { graphUser } from "../identity/graph-shapes.ts";
import { numberOf } from "../query-values.ts";
import { isMember } from "../rights.ts";
import { type Answer, type Call, Refusal, type Route } from "../route.ts";
import type { User, World } from "../world.ts";
import { entitlementOf } from "./entitlement-notes.ts";

const host = "vsaex.dev.azure.com" as const;
const root = "/{organization}/_apis/userentitlements";
const scopes = ["memberentitlementmanagement"];

function shape(call: Call, world: World, user: User): Record<string, unknown> {
  const notes = entitlementOf(world, call.organization, user);
  return {
    user: { ...graphUser(world, call.organization, user), directoryAlias: user.mail.split("@")[0] },
    extensions: [],
    id: user.id,
    accessLevel: {
      licensingSource: "account",
      accountLicenseType: "express",
      msdnLicenseType: "none",
      gitHubLicenseType: "none",
      licenseDisplayName: "Basic",
      status: notes.status,
      statusMessage: "",
      assignmentSource: "unknown",
    },
    lastAccessedDate: notes.lastAccess === "never" ? "0001-01-01T00:00:00Z" : notes.lastAccess.toISOString(),
    dateCreated: notes.created.toISOString(),
    projectEntitlements: [],
    groupAssignments: [],
  };
}

function membersOf(call: Call, world: World): User[] {
  return [...world.users.values()].filter((user) => isMember(call.organization, user.id) && !user.isServicePrincipal);
}

function listEntitlements(call: Call, world: World): Answer {
  const name = /name eq '([^']*)'/i.exec(call.query("$filter") ?? "")?.[1]?.toLowerCase();
  const found = membersOf(call, world).filter(
    (user) => !name || user.displayName.toLowerCase().includes(name) || user.mail.toLowerCase().includes(name),
  );
  const from = numberOf(call, ["continuationToken", "skip"], 0);
  const next = from + numberOf(call, ["top", "$top"], 100, 10_000);
  const members = found.slice(from, next).map((user) => shape(call, world, user));
  const continuationToken = next < found.length ? String(next) : "";
  return { body: { members, items: members, continuationToken, totalCount: found.length } };
}

function getEntitlement(call: Call, world: World): Answer {
  const user = membersOf(call, world).find((one) => one.id === call.params.userId?.toLowerCase());
  if (user) return { body: shape(call, world, user) };
  throw new Refusal(404, "MemberNotFoundException", `The member ${call.params.userId} was not found.`);
}

export const userEntitlementRoutes: readonly Route[] = [
  { method: "GET", host, path: root, scopes, handle: listEntitlements },
  { method: "GET", host, path: `${root}/{userId}`, scopes, handle: getEntitlement },
];

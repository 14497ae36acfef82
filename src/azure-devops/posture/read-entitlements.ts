/** Who has access to the organization, with which licence, and when they were last seen. */
import type { Entitlement } from "#model/posture/access-facts.ts";
import { RemoteError } from "#model/remote-error.ts";
import { type OrganizationClient, path } from "../organization-client.ts";
import { inner, isWire, optionalText, requiredText, type Wire, wireObject } from "../read-wire.ts";
import { isoDate } from "./iso-date.ts";

const where = "access of people";
const mostPages = 1000;

/** The list is called `members` on the wire and `items` in the specification; the token stands in the body. */
export async function readEntitlements(client: OrganizationClient): Promise<readonly Entitlement[]> {
  const all: Entitlement[] = [];
  let continuationToken: string | undefined;
  for (let page = 0; page < mostPages; page += 1) {
    const { body } = await client.request({
      host: "vsaex.dev.azure.com",
      path: path`/_apis/userentitlements`,
      query: { continuationToken },
    });
    const answer = wireObject(body, where);
    const list: unknown = answer.members ?? answer.items ?? answer.value;
    if (!Array.isArray(list)) {
      throw new RemoteError("unexpected", `Azure DevOps answered ${where} without a list.`, { details: { where } });
    }
    all.push(...list.filter(isWire).map(readEntitlement));
    const next = optionalText(answer, "continuationToken");
    if (next === undefined) return all;
    if (next === continuationToken) break;
    continuationToken = next;
  }
  throw new RemoteError("unexpected", `Azure DevOps does not come to an end with ${where}.`, { details: { where } });
}

function readEntitlement(wire: Wire): Entitlement {
  const user = inner(wire, "user");
  const level = inner(wire, "accessLevel");
  const descriptor = requiredText(user, "descriptor", where);
  const mail = optionalText(user, "mailAddress");
  const lastAccessAt = isoDate(wire, "lastAccessedDate");
  const createdAt = isoDate(wire, "dateCreated");
  return {
    descriptor,
    name: optionalText(user, "displayName") ?? optionalText(user, "principalName") ?? descriptor,
    ...(mail === undefined ? {} : { mail }),
    isGuest: optionalText(user, "metaType")?.toLowerCase() === "guest",
    status: statusOf(optionalText(level, "status")),
    license: optionalText(level, "licenseDisplayName") ?? optionalText(level, "accountLicenseType") ?? "none",
    ...(lastAccessAt === undefined ? {} : { lastAccessAt }),
    ...(createdAt === undefined ? {} : { createdAt }),
  };
}

function statusOf(text: string | undefined): Entitlement["status"] {
  const known = ["active", "disabled", "pending", "deleted"] as const;
  return known.find((status) => status === text?.toLowerCase()) ?? "other";
}

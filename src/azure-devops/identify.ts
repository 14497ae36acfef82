/** Whose credential it is, and which organization answers: the one call that every personal access token may make. */
import type { OrganizationId } from "#model/ids.ts";
import { RemoteError } from "#model/remote-error.ts";
import type { Organization } from "#model/repository.ts";
import { type OrganizationClient, path } from "./organization-client.ts";
import { inner, optionalText, requiredText, wireObject } from "./read-wire.ts";

export interface Identified {
  readonly organization: Organization;
  readonly account: { readonly id: string; readonly name: string; readonly mail?: string };
}

/** What public projects show to callers without any credential. */
const anonymous = "aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaa";

export async function identify(client: OrganizationClient): Promise<Identified> {
  const where = "connectionData";
  const { body } = await client.request({ path: path`/_apis/connectionData`, apiVersion: "7.1-preview" });
  const data = wireObject(body, where);
  const user = inner(data, "authenticatedUser");
  const id = requiredText(user, "id", where);
  if (id === anonymous) throw new RemoteError("signed-out", "Azure DevOps does not know this credential.");
  const mail = optionalText(inner(inner(user, "properties"), "Account"), "$value");
  return {
    // The name is the one asked for: the answer holds only the id.
    organization: { id: requiredText(data, "instanceId", where) as OrganizationId, name: client.organization },
    account: {
      id,
      name: optionalText(user, "customDisplayName") ?? optionalText(user, "providerDisplayName") ?? mail ?? id,
      ...(mail === undefined ? {} : { mail }),
    },
  };
}

import type { OrganizationId } from "#model/ids.ts";
import type { Organization } from "#model/repository.ts";
import { type AccountClient, path } from "./organization-client.ts";
import { optionalText, requiredText, wireList, wireObject } from "./read-wire.ts";

const host = "app.vssps.visualstudio.com";

/**
 * The organizations that a person belongs to, of all directories: those of another directory than the token's refuse the
 * token. Empty for service principals, which Azure DevOps lists nowhere; a token of one organization is refused.
 */
export async function listOrganizations(client: AccountClient): Promise<readonly Organization[]> {
  const profile = wireObject((await client.request({ host, path: path`/_apis/profile/profiles/me` })).body, "profiles");
  const query = { memberId: requiredText(profile, "id", "profiles") };
  const { body } = await client.request({ host, path: path`/_apis/accounts`, query });
  return wireList(body, "accounts")
    .filter((account) => optionalText(account, "accountStatus")?.toLowerCase() !== "deleted")
    .map((account) => ({
      id: requiredText(account, "accountId", "accounts") as OrganizationId,
      name: requiredText(account, "accountName", "accounts"),
    }))
    .sort((one, other) => one.name.localeCompare(other.name, "en"));
}

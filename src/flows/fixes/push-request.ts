import type { PushRequest } from "#git/push-branch.ts";
import type { Fix } from "#model/fix.ts";
import type { Repository } from "#model/repository.ts";
import type { App } from "../app.ts";
import { type ActingClient, openOrganization } from "../instances/open-organization.ts";

/** Where and as whom a fix is pushed. */
export async function pushRequest(
  app: App,
  repository: Repository,
  { branch }: Pick<Fix, "branch">,
): Promise<
  Pick<PushRequest, "url" | "authorization" | "ref"> & { readonly id: Repository["id"]; readonly client: ActingClient }
> {
  const client = await openOrganization(app, repository.organizationId, "push");
  return {
    id: repository.id,
    url: repository.remoteUrl,
    authorization: await client.authorization(),
    ref: branch,
    client,
  };
}

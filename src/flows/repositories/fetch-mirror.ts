/** Brings a repository's mirror up to date with the organization's credential. Git has no budget, so no purpose matters. */
import type { Mirror } from "#git/mirror.ts";
import type { Repository } from "#model/repository.ts";
import type { App } from "../app.ts";
import { openOrganization } from "../instances/open-organization.ts";

export async function fetchMirror(
  app: App,
  repository: Repository,
  options: { readonly refs?: readonly string[]; readonly signal?: AbortSignal } = {},
): Promise<Mirror> {
  const client = await openOrganization(app, repository.organizationId, "push");
  return app.mirrors.fetch({
    id: repository.id,
    url: repository.remoteUrl,
    authorization: await client.authorization(),
    ...options,
  });
}

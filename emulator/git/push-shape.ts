/** Pushes as answers show them. */
import { identityRef, repositoryShape, repositoryUrl } from "../shapes.ts";
import type { OrganizationState, PushState, RepositoryState, World } from "../world.ts";

export function pushRef(
  world: World,
  organization: OrganizationState,
  repository: RepositoryState,
  push: PushState,
): Record<string, unknown> {
  return {
    pushedBy: identityRef(world, push.userId, organization),
    pushId: push.id,
    date: push.date.toISOString(),
    url: `${repositoryUrl(world, organization, repository)}/pushes/${push.id}`,
  };
}

export function pushShape(
  world: World,
  organization: OrganizationState,
  repository: RepositoryState,
  push: PushState,
): Record<string, unknown> {
  const url = repositoryUrl(world, organization, repository);
  const self = `${url}/pushes/${push.id}`;
  return {
    repository: repositoryShape(world, organization, repository),
    ...pushRef(world, organization, repository, push),
    _links: {
      self: { href: self },
      repository: { href: url },
      commits: { href: `${self}/commits` },
      refs: { href: `${url}/refs` },
    },
  };
}

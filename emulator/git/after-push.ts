/** What follows a push: hooks hear of it and pull requests get their new iterations. */
import { raise } from "../hooks/raise.ts";
import { pullRequestsAfterPush } from "../pull-requests/after-push.ts";
import type { OrganizationState, PushState, RepositoryState, User, World } from "../world.ts";
import { pushEvent } from "./push-event.ts";

export async function afterPush(
  world: World,
  organization: OrganizationState,
  repository: RepositoryState,
  user: User,
  push: PushState,
): Promise<void> {
  raise(world, organization, await pushEvent(world, organization, repository, user, push));
  await pullRequestsAfterPush(world, organization, repository, user, push.refUpdates);
}

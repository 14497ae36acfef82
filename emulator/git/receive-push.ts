/** A `git push`: its body is taken whole, its commands are judged, and what git moved is recorded as one push. */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { SpooledBody } from "../server/spool-body.ts";
import { zeroId } from "../shapes.ts";
import type { OrganizationState, RepositoryState, User, World } from "../world.ts";
import { type PushCommand, pushCommands, rewriteReport } from "./pkt-lines.ts";
import { forcePushRefusal, mayRewrite, refusalOf } from "./push-rules.ts";
import { inRepository, type RefUpdate, readRefs, recordPush } from "./repository-store.ts";
import { runBackend } from "./run-backend.ts";

export interface PushPlace {
  readonly world: World;
  readonly organization: OrganizationState;
  readonly repository: RepositoryState;
  readonly user: User;
}

/** Why git will not move which refs, and the configuration that keeps it from moving them. */
function rulesFor({ organization, repository, user }: PushPlace, commands: readonly PushCommand[]) {
  const reasons = new Map<string, string>();
  const config: (readonly [string, string])[] = [];
  let mayForce = true;
  for (const command of commands) {
    const refusal = refusalOf(organization, repository, user, command);
    if (refusal) {
      reasons.set(command.name, refusal.message);
      config.push(["receive.hideRefs", command.name]);
    } else if (command.oldObjectId !== zeroId && !mayRewrite(organization, repository, user, command.name))
      mayForce = false;
  }
  if (!mayForce) config.push(["receive.denyNonFastForwards", "true"]);
  return { reasons, config };
}

/** The client is answered only once the push is recorded, so that whoever sees `git push` end finds iterations and hooks. */
export async function receivePush(
  place: PushPlace,
  query: string,
  body: SpooledBody,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { world, organization, repository, user } = place;
  await inRepository(world, repository.id, async () => {
    const { reasons, config } = rulesFor(place, pushCommands(body.head));
    const before = await readRefs(world, repository.id);
    const reasonOf = (ref: string, reason: string) =>
      reasons.get(ref) ?? (reason === "non-fast-forward" ? forcePushRefusal(user).message : undefined);
    const beforeAnswer = async (answer: Buffer) => {
      const moved = differences(before, await readRefs(world, repository.id));
      if (moved.length > 0) {
        repository.size += body.size;
        await recordPush(world, organization, repository, user, moved);
      }
      return rewriteReport(answer, reasonOf);
    };
    const action = "git-receive-pack";
    const run = {
      repositoryId: repository.id,
      action,
      query,
      userName: user.mail,
      body,
      config,
      beforeAnswer,
    } as const;
    await runBackend(world, run, request, response);
  });
}

function differences(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): RefUpdate[] {
  const names = new Set([...before.keys(), ...after.keys()]);
  return [...names].sort().flatMap((name) => {
    const oldObjectId = before.get(name) ?? zeroId;
    const newObjectId = after.get(name) ?? zeroId;
    return oldObjectId === newObjectId ? [] : [{ name, oldObjectId, newObjectId }];
  });
}

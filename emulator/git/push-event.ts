/** The `git.push` event of a push, as deliveries of version 1.0 show it. */
import type { HookMessage, RaisedEvent } from "../hooks/raise.ts";
import {
  identityRef,
  organizationUrl,
  projectOf,
  projectStub,
  repositoryUrl,
  repositoryWebUrl,
  zeroId,
} from "../shapes.ts";
import type { OrganizationState, PushState, RepositoryState, User, World } from "../world.ts";
import { type CommitData, readCommits } from "./read-commits.ts";
import { GitFailed } from "./repository-store.ts";

export async function pushEvent(
  world: World,
  organization: OrganizationState,
  repository: RepositoryState,
  user: User,
  push: PushState,
): Promise<RaisedEvent> {
  const commits = await pushedCommits(world, repository, push, world.switches.pushCommitsLimit);
  const [first] = push.refUpdates;
  const ref = first?.name ?? "";
  const base = organizationUrl(world, organization);
  const repositoryRoot = `${base}/_apis/git/repositories/${repository.id}`;
  const url = `${repositoryRoot}/pushes/${push.id}`;
  const scoped = repositoryUrl(world, organization, repository);
  const pusher = identityRef(world, user, organization);
  return {
    eventType: "git.push",
    projectId: repository.projectId,
    repositoryId: repository.id,
    resourceVersion: "1.0",
    filters: { branch: push.refUpdates.map((update) => update.name), pushedBy: user.id },
    ...messages(world, organization, repository, user, ref, commits),
    resource: {
      ...listedCommits(world, push, commits, repositoryRoot),
      refUpdates: push.refUpdates,
      repository: {
        id: repository.id,
        name: repository.name,
        url: repositoryRoot,
        project: projectStub(world, organization, projectOf(organization, repository)),
        ...(repository.defaultBranch ? { defaultBranch: repository.defaultBranch } : {}),
        remoteUrl: repositoryWebUrl(world, organization, repository),
      },
      pushedBy: pusher,
      pushId: push.id,
      date: push.date.toISOString(),
      url,
      _links: {
        self: { href: url },
        repository: { href: scoped },
        commits: { href: `${url}/commits` },
        pusher: { href: pusher.url },
        refs: { href: `${scoped}/${ref}` },
      },
    },
  };
}

/** The commits that a push brought, newest first: reachable from its new tips and not from its old ones. */
export async function pushedCommits(
  world: World,
  repository: RepositoryState,
  push: PushState,
  limit: number,
): Promise<CommitData[]> {
  const tips = push.refUpdates.filter((update) => update.newObjectId !== zeroId).map((update) => update.newObjectId);
  if (tips.length === 0) return [];
  const before = push.refUpdates
    .filter((update) => update.oldObjectId !== zeroId)
    .map((update) => `^${update.oldObjectId}`);
  if (before.length === 0 && repository.defaultBranch) {
    const moved = push.refUpdates.some((update) => update.name === repository.defaultBranch);
    if (!moved) before.push(`^${repository.defaultBranch}`);
  }
  try {
    return await readCommits(world, repository.id, [`--max-count=${limit}`, ...tips, ...before]);
  } catch (error) {
    // a tag may point at something that is no commit
    if (error instanceof GitFailed) return [];
    throw error;
  }
}

function listedCommits(
  world: World,
  push: PushState,
  commits: readonly CommitData[],
  repositoryRoot: string,
): { commits?: unknown } {
  if (push.refUpdates.every((update) => update.newObjectId === zeroId)) {
    if (world.switches.commitsOnDelete === "missing") return {};
    return { commits: world.switches.commitsOnDelete === "null" ? null : [] };
  }
  if (commits.length === 0) return {};
  return {
    commits: commits.map(({ commitId, author, committer, comment }) => ({
      commitId,
      author,
      committer,
      comment,
      url: `${repositoryRoot}/commits/${commitId}`,
    })),
  };
}

function messages(
  world: World,
  organization: OrganizationState,
  repository: RepositoryState,
  user: User,
  ref: string,
  commits: readonly CommitData[],
): { message: HookMessage; detailedMessage: HookMessage } {
  const web = `${repositoryWebUrl(world, organization, repository)}/`;
  const name = ref.replace(/^refs\/(heads|tags)\//, "");
  const branch = `${web}#version=GB${name}`;
  const who = user.displayName;
  const lead = commits.length === 1 ? "pushed a commit" : "pushed updates";
  const line = (commit: CommitData) => commit.comment.split("\n")[0] ?? "";
  return {
    message: {
      text: `${who} pushed updates to ${repository.name}:${name}\r\n(${branch})`,
      html: `${who} pushed updates to <a href="${web}">${repository.name}</a>:<a href="${branch}">${name}</a>`,
      markdown: `${who} pushed updates to [${repository.name}](${web}):[${name}](${branch})`,
    },
    detailedMessage: {
      text: `${who} ${lead} to ${repository.name}:${name}${commits.map((one) => `\r\n - ${line(one)} ${one.commitId.slice(0, 8)} (${web}commit/${one.commitId})`).join("")}`,
      html: `${who} ${lead} to <a href="${web}">${repository.name}</a>:<a href="${branch}">${name}</a>\r\n<ul>\r\n${commits.map((one) => `<li>${line(one)} <a href="${web}commit/${one.commitId}">${one.commitId.slice(0, 8)}</a></li>\r\n`).join("")}</ul>`,
      markdown: `${who} ${lead} to [${repository.name}](${web}):[${name}](${branch})${commits.map((one) => `\r\n* ${line(one)} [${one.commitId.slice(0, 8)}](${web}commit/${one.commitId})`).join("")}`,
    },
  };
}

/**
 * Whether somebody may decide about findings by a reply: who could overrule the check anyway, or whom the instance names. What
 * cannot be known is a no, with the reason.
 */
import { findPerson, groupNames, type Person, permissionsOf } from "#azure-devops/effective-permissions.ts";
import type { OrganizationClient } from "#azure-devops/organization-client.ts";
import type { CommentAuthor } from "#azure-devops/threads.ts";
import type { ExceptionSettings } from "#model/exception.ts";
import type { PullRequest } from "#model/pull-request.ts";
import type { Repository } from "#model/repository.ts";
import { remoteAnswer } from "../remote-answer.ts";

export type MayDecide = { readonly is: "yes" } | { readonly is: "no"; readonly why: string };

/** With one of these a person completes a pull request, or pushes, past every policy. */
const overruling = ["PullRequestBypassPolicy", "PolicyExempt"];

export interface Deciding {
  readonly client: OrganizationClient;
  readonly repository: Pick<Repository, "id" | "projectId">;
  readonly pullRequest: Pick<PullRequest, "authorId" | "targetRef">;
  readonly settings: ExceptionSettings;
}

export async function mayDecide(about: Deciding, author: CommentAuthor | undefined): Promise<MayDecide> {
  const { pullRequest, settings } = about;
  if (!author) return { is: "no", why: "Azure DevOps does not tell who wrote it." };
  if (!settings.authorsMay && (pullRequest.authorId === undefined || pullRequest.authorId === author.id)) {
    return {
      is: "no",
      why: "Who made a pull request does not decide about it here: somebody else has to.",
    };
  }
  if (isNamed(settings, [author.account])) return { is: "yes" };
  return mayOverrule(about, author);
}

async function mayOverrule({ client, repository, pullRequest, settings }: Deciding, author: CommentAuthor) {
  const answer = await remoteAnswer(async (): Promise<MayDecide> => {
    const person = await findPerson(client, author.id);
    if (!person) return { is: "no", why: "Azure DevOps does not know who wrote it any more." };
    const branch = { projectId: repository.projectId, repositoryId: repository.id, ref: pullRequest.targetRef };
    const held = await permissionsOf(client, person, branch);
    if (overruling.some((name) => held.has(name))) return { is: "yes" };
    if (await isInNamedGroup(client, person, settings)) return { is: "yes" };
    return { is: "no", why: notAllowed };
  });
  if (answer.is === "answer") return answer.value;
  if (answer.error.passing) throw answer.error;
  return {
    is: "no",
    why: `Sallyport could not read what you may do here, so it does nothing. Azure DevOps says: ${answer.error.message}`,
  } as const;
}

const notAllowed =
  'It takes the right "Bypass policies when completing pull requests" or "Bypass policies when pushing" on this branch, or to be one of the reviewers whom the administrators of Sallyport named.';

function isNamed({ reviewers }: ExceptionSettings, names: readonly string[]): boolean {
  const known = new Set(reviewers.map((name) => name.toLowerCase()));
  return names.some((name) => name !== "" && known.has(name.toLowerCase()));
}

async function isInNamedGroup(
  client: OrganizationClient,
  person: Person,
  settings: ExceptionSettings,
): Promise<boolean> {
  if (settings.reviewers.length === 0) return false;
  return isNamed(settings, await groupNames(client, person));
}

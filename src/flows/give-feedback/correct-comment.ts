import { editComment, type Thread } from "#azure-devops/threads.ts";
import type { PullRequestRow } from "#store/pull-requests/pull-requests.ts";
import type { ActingClient } from "../instances/open-organization.ts";
import { remoteAnswer } from "../remote-answer.ts";
import { signComment, withoutSignature } from "./write-comment.ts";

/**
 * The finding may have moved, or its rule may say it better now. A comment that a person deleted stays deleted, and one that
 * a former credential wrote stays as it is: only its author may change it. False if it was refused.
 */
export async function correctComment(
  { client, pullRequest }: { readonly client: ActingClient; readonly pullRequest: PullRequestRow },
  thread: Thread,
  content: string,
): Promise<boolean> {
  const [first] = thread.comments;
  if (!first || first.isDeleted || withoutSignature(first.content) === content) return true;
  const { repositoryId, number } = pullRequest;
  const signed = signComment(content, client.actsAs);
  const answer = await remoteAnswer(() => editComment(client, repositoryId, number, thread.id, first.id, signed));
  if (answer.is === "no" && answer.error.code !== "forbidden") throw answer.error;
  return answer.is === "answer";
}

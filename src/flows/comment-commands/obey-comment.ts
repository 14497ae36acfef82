/**
 * Obeys the commands in the threads of a pull request, each comment once, and answers in its thread. Comments are read anew:
 * an event only tells where to look. Our own are never obeyed, whoever they are written as.
 */
import { getPullRequest as getRemotePullRequest } from "#azure-devops/pull-requests.ts";
import { addComment, listThreads, type Thread, type ThreadComment } from "#azure-devops/threads.ts";
import type { Repository } from "#model/repository.ts";
import { getInstance } from "#store/instances/instances.ts";
import { getRepository } from "#store/instances/repositories.ts";
import { insertCommentAnswer, listCommentAnswers, setCommentReplied } from "#store/pull-requests/comment-answers.ts";
import { getPullRequest, type PullRequestRow } from "#store/pull-requests/pull-requests.ts";
import { inTransaction } from "#store/transaction.ts";
import type { App } from "../app.ts";
import { signComment, withoutSignature } from "../give-feedback/write-comment.ts";
import { type ActingClient, openOrganization } from "../instances/open-organization.ts";
import type { JobData } from "../jobs/queues.ts";
import { answerCommand, type CommandContext, openCommands } from "./answer-command.ts";
import { type Command, readCommands } from "./read-commands.ts";

interface Commanded {
  readonly thread: Thread;
  readonly comment: ThreadComment;
  readonly commands: readonly Command[];
}

export async function obeyComment(app: App, job: JobData["obey-comment"]): Promise<void> {
  const row = await getPullRequest(app.db, job.repository, job.number);
  const repository = await getRepository(app.db, job.repository);
  const features = row && (await getInstance(app.db, row.instanceId))?.features;
  // Where nothing may be written there, nothing could be answered.
  if (!row || !repository?.chosen || !features?.comment) return;
  const client = await openOrganization(app, repository.organizationId, "pull-request");
  const threads = await listThreads(client, job.repository, job.number);
  const commanded = threads.flatMap(commentsWithCommands);
  if (commanded.length > 0) await obeyAll(app, { row, repository, client, commanded });
}

function commentsWithCommands(thread: Thread): readonly Commanded[] {
  return thread.comments.flatMap((comment) => {
    const commands = comment.isDeleted || isSigned(comment) ? [] : readCommands(comment.content);
    return commands.length === 0 ? [] : [{ thread, comment, commands }];
  });
}

function isSigned({ content }: ThreadComment): boolean {
  return withoutSignature(content) !== content;
}

async function obeyAll(
  app: App,
  about: {
    readonly row: PullRequestRow;
    readonly repository: Repository;
    readonly client: ActingClient;
    readonly commanded: readonly Commanded[];
  },
): Promise<void> {
  const { row, repository, client, commanded } = about;
  const { repositoryId, number } = row;
  const answers = await listCommentAnswers(app.db, repositoryId, number);
  let context: CommandContext | undefined;
  for (const { thread, comment, commands } of commanded) {
    const name = { repositoryId, number, threadId: thread.id, commentId: comment.id };
    const known = answers.find(({ threadId, commentId }) => threadId === thread.id && commentId === comment.id);
    if (known?.replied) continue;
    // Answered, and forgotten here: by a run that was cut off, or by a Sallyport that is gone.
    const isAnswered = thread.comments.some((one) => one.parentId === comment.id && isSigned(one));
    if (isAnswered && !known) continue;
    if (!isAnswered) {
      context ??= openCommands(app, {
        ...{ client, repository, row },
        pullRequest: await getRemotePullRequest(client, repositoryId, number),
      });
      const answer = known?.answer ?? (await obey(app, context, { thread, comment, commands }));
      await addComment(client, repositoryId, number, thread.id, signComment(answer, client.actsAs), comment.id);
    }
    await setCommentReplied(app.db, name);
  }
}

/** What it does and that it was done are written together: cut off in between, neither is. */
async function obey(app: App, context: CommandContext, { thread, comment, commands }: Commanded): Promise<string> {
  const { repositoryId, number, instanceId } = context.row;
  const prepared = await context.prepare(commands, comment.author);
  return inTransaction(app.db, async (tx) => {
    const answers: string[] = [];
    for (const command of commands) {
      answers.push(await answerCommand(app, tx, context, { command, thread, comment, ...prepared }));
    }
    const answer = answers.join("\n\n");
    const isFirst = await insertCommentAnswer(tx, {
      ...{ instanceId, repositoryId, number, threadId: thread.id, commentId: comment.id },
      ...{ author: comment.author?.name ?? "", answer, at: app.now() },
    });
    if (!isFirst) throw new Error("This comment is being answered by somebody else.");
    return answer;
  });
}

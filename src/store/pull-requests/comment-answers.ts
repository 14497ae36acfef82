/** Comments of pull requests that were commands, and what was answered: none is obeyed twice. */
import { sql } from "kysely";
import type { InstanceId, RepositoryId } from "#model/ids.ts";
import type { Db } from "../database.ts";
import { storable } from "../json.ts";

export interface CommentName {
  readonly repositoryId: RepositoryId;
  readonly number: number;
  readonly threadId: number;
  readonly commentId: number;
}

export interface CommentAnswer extends CommentName {
  readonly instanceId: InstanceId;
  readonly author: string;
  readonly answer: string;
  readonly at: Date;
}

/** False if it was obeyed already: then the caller's transaction must do nothing more. */
export async function insertCommentAnswer(tx: Db, given: CommentAnswer): Promise<boolean> {
  const result = await tx
    .insertInto("commentAnswers")
    .values({ ...given, author: storable(given.author), answer: storable(given.answer) })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return (result.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

export async function listCommentAnswers(
  db: Db,
  repositoryId: RepositoryId,
  number: number,
): Promise<readonly (CommentAnswer & { readonly replied: boolean })[]> {
  return db
    .selectFrom("commentAnswers")
    .selectAll()
    .where("repositoryId", "=", repositoryId)
    .where("number", "=", number)
    .execute();
}

export async function setCommentReplied(db: Db, { repositoryId, number, threadId, commentId }: CommentName) {
  await db
    .updateTable("commentAnswers")
    .set({ replied: sql<boolean>`true` })
    .where("repositoryId", "=", repositoryId)
    .where("number", "=", number)
    .where("threadId", "=", threadId)
    .where("commentId", "=", commentId)
    .execute();
}

/** A new password ends what the one before let in: sessions and one-time links. API tokens are no work of it, and stay. */
import type { Db } from "#store/database.ts";
import { notifyLive } from "#store/live.ts";
import { insertAuditEvent } from "#store/people/audit-events.ts";
import { deleteSessionsOf } from "#store/people/sessions.ts";
import { deleteSignInLinksOf } from "#store/people/sign-in-links.ts";
import { setPasswordHash, type User } from "#store/people/users.ts";

export interface NewPassword {
  readonly passwordHash: string;
  /** The name of whoever chose it. */
  readonly by: string;
  /** The session that goes on. */
  readonly kept?: string | undefined;
}

export async function replacePassword(
  tx: Db,
  { id, name }: Pick<User, "id" | "name">,
  { passwordHash, by, kept }: NewPassword,
): Promise<void> {
  await setPasswordHash(tx, id, passwordHash);
  await deleteSessionsOf(tx, id, kept);
  await deleteSignInLinksOf(tx, id);
  await insertAuditEvent(tx, { actor: by, action: "password-changed", subject: name });
  await notifyLive(tx, { is: "access-changed", userId: id });
}

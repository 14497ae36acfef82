/** The one-time address that makes the first administrator. `serve` prints it as long as there is nobody. */
import type { App } from "#flows/app.ts";
import { insertSignInLink } from "#store/people/sign-in-links.ts";
import { countUsers } from "#store/people/users.ts";
import { hashBearerSecret, newBearerSecret } from "../bearer-secret.ts";

const life = 24 * 60 * 60_000;

/** Undefined if there is somebody already. */
export async function makeFirstStartLink(app: Pick<App, "db" | "now" | "publicUrl">): Promise<string | undefined> {
  if ((await countUsers(app.db)) > 0) return undefined;
  const secret = newBearerSecret();
  const expires = new Date(app.now().getTime() + life);
  await insertSignInLink(app.db, { hash: hashBearerSecret(secret), purpose: "first-administrator", expires });
  return `${app.publicUrl}/first-start?token=${secret}`;
}

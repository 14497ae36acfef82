/**
 * A sign-in as a credential that renews itself. A refresh token is used once: whoever renews holds a lock on the row, and
 * whoever waited for the lock takes what is there then. Within one process all callers share one renewal.
 */
import type { Credential, Renewal } from "#azure-devops/credential.ts";
import type { Entra, Tokens } from "#azure-devops/entra/open-entra.ts";
import type { SignInId } from "#model/ids.ts";
import { RemoteError } from "#model/remote-error.ts";
import type { SecretValue } from "#model/secret-value.ts";
import type { Db } from "#store/database.ts";
import { getSignIn, lockSignIn, type SignInRow, setSignInTokens } from "#store/people/sign-ins.ts";
import { open } from "#store/sealing.ts";
import { inTransaction } from "#store/transaction.ts";
import { askForTokens } from "./ask-for-tokens.ts";
import { sealTokens } from "./sealed-tokens.ts";
import { recordSignInTrouble } from "./sign-in-trouble.ts";
import type { Actor } from "./use-credential.ts";

export async function useSignIn(app: Actor, id: SignInId): Promise<Credential> {
  const row = await getSignIn(app.db, id);
  if (!row) throw new RemoteError("signed-out", "This sign-in is not there any more.");
  forgetOlder(app, row);
  let given: string | undefined;
  return {
    is: "bearer",
    identity: `${row.tenantId}/${row.objectId}`,
    async token(renew) {
      const token = await tokenOf(app, id, renew && { ...renew, token: given });
      given = token.reveal();
      return token;
    },
  };
}

interface Held {
  readonly token: SecretValue;
  readonly expires: Date;
  readonly renewedAt: Date;
}

/** What this process knows of the sign-ins it uses. */
interface Memory {
  readonly held: Map<SignInId, Held>;
  readonly renewals: Map<SignInId, Promise<Held>>;
  /** Obtained, but the database went away before they were written: without them the sign-in would be lost. */
  readonly unsaved: Map<SignInId, { readonly tokens: Tokens; readonly replaces: Buffer | undefined }>;
}

const memories = new WeakMap<Entra, Memory>();

function memoryOf(entra: Entra): Memory {
  const memory = memories.get(entra) ?? { held: new Map(), renewals: new Map(), unsaved: new Map() };
  memories.set(entra, memory);
  return memory;
}

/** A person who signed in again may have agreed to more than the token in memory is good for. */
function forgetOlder({ entra }: Actor, row: SignInRow): void {
  const { held } = memoryOf(entra);
  const known = held.get(row.id);
  if (known && known.renewedAt < row.renewedAt) held.delete(row.id);
}

/** A call and a fetch take a while; a token that ends within this time is renewed before. */
const leastLife = 5 * 60_000;

type Refused = Renewal & { readonly token: string | undefined };

async function tokenOf(app: Actor, id: SignInId, refused: Refused | undefined): Promise<SecretValue> {
  const memory = memoryOf(app.entra);
  const held = memory.held.get(id);
  if (held && isUsable(app, held, refused)) return held.token;
  const running = memory.renewals.get(id);
  if (running) return (await running).token;
  const renewal = renewLocked(app, id, refused).finally(() => memory.renewals.delete(id));
  memory.renewals.set(id, renewal);
  const renewed = await renewal;
  memory.held.set(id, renewed);
  return renewed.token;
}

function isUsable({ now }: Actor, { token, expires }: Held, refused: Refused | undefined): boolean {
  return expires.getTime() > now().getTime() + leastLife && token.reveal() !== refused?.token;
}

async function renewLocked(app: Actor, id: SignInId, refused: Refused | undefined): Promise<Held> {
  const outcome = await inTransaction(app.db, async (tx): Promise<Held | RemoteError> => {
    const row = await lockSignIn(tx, id);
    if (!row) return new RemoteError("signed-out", "This sign-in is not there any more.");
    const there = (await saveWhatIsOwed(app, tx, row)) ?? storedToken(app, row);
    if (there && isUsable(app, there, refused)) return there;
    return renew(app, tx, row, refused);
  });
  if (outcome instanceof RemoteError) {
    memoryOf(app.entra).held.delete(id);
    throw outcome;
  }
  // Only a transaction that was committed comes here.
  memoryOf(app.entra).unsaved.delete(id);
  return outcome;
}

/** An error is answered, not thrown: what it means for the sign-in is written in this transaction. */
async function renew(app: Actor, tx: Db, row: SignInRow, refused: Refused | undefined): Promise<Held | RemoteError> {
  let tokens: Tokens;
  try {
    tokens = await askForTokens(app, tx, row, refused?.claims);
  } catch (error) {
    if (!(error instanceof RemoteError)) throw error;
    if (error.code === "sign-in-again") await recordSignInTrouble(app, tx, row, error);
    return error;
  }
  memoryOf(app.entra).unsaved.set(row.id, { tokens, replaces: row.sealedRefresh });
  app.log.info({ signIn: row.id, method: row.method, expires: tokens.expires }, "sign-in renewed");
  return save(app, tx, row, tokens);
}

async function save(app: Actor, tx: Db, { id }: SignInRow, tokens: Tokens): Promise<Held> {
  const renewedAt = app.now();
  await setSignInTokens(tx, id, sealTokens(app, id, tokens), renewedAt);
  return { token: tokens.accessToken, expires: tokens.expires, renewedAt };
}

async function saveWhatIsOwed(app: Actor, tx: Db, row: SignInRow): Promise<Held | undefined> {
  const { unsaved } = memoryOf(app.entra);
  const owed = unsaved.get(row.id);
  if (!owed) return undefined;
  const isStillOwed = Buffer.compare(owed.replaces ?? Buffer.alloc(0), row.sealedRefresh ?? Buffer.alloc(0)) === 0;
  return isStillOwed ? save(app, tx, row, owed.tokens) : undefined;
}

function storedToken({ keys }: Actor, row: SignInRow): Held | undefined {
  if (!row.sealedAccess || !row.accessExpires) return undefined;
  return { token: open(keys, row.sealedAccess, row.id), expires: row.accessExpires, renewedAt: row.renewedAt };
}

/** `sallyport new-password`: a way back in for somebody whom no administrator can help, by whoever runs the server. */
import { newBearerSecret } from "#api/bearer-secret.ts";
import { createPasswords } from "#api/passwords.ts";
import { replacePassword } from "#api/replace-password.ts";
import type { Db } from "#store/database.ts";
import { findUserByName, listUsers } from "#store/people/users.ts";
import { inTransaction } from "#store/transaction.ts";
import { readConfig } from "../config.ts";
import { UsageError } from "../usage-error.ts";
import { createLog } from "./create-log.ts";
import { hasDatabase, openDatabase, openTables } from "./open-database.ts";

/** The password alone goes to stdout: it is made here, as one that is typed behind a command stays in the shell's history. */
export async function runNewPassword(name: string): Promise<number> {
  const config = readConfig();
  if (!hasDatabase(config)) throw new UsageError(`there is no database in ${config.dataFolder}: set SALLYPORT_DATA`);
  const log = createLog({ logLevel: "error" });
  await using stack = new AsyncDisposableStack();
  const database = await openDatabase(config, log);
  stack.defer(() => database.close());
  const store = await openTables(database, { log });
  stack.defer(() => store.close());
  const user = await findUserByName(store.db, name);
  if (!user) throw new UsageError(`there is nobody named ${name}: ${await whoThereIs(store.db)}`);
  const password = newBearerSecret();
  const passwordHash = await createPasswords().hash(password);
  await inTransaction(store.db, (tx) => replacePassword(tx, user, { passwordHash, by: "sallyport new-password" }));
  console.error(`${user.name} is signed out everywhere. This password lets them in; they change it in their menu:`);
  console.log(password);
  return 0;
}

async function whoThereIs(db: Db): Promise<string> {
  const users = await listUsers(db);
  if (users.length === 0) return "the first administrator is made by the address that the server prints when it starts";
  return `there ${users.length === 1 ? "is" : "are"} ${users.map(({ name, role }) => `${name} (${role})`).join(", ")}`;
}

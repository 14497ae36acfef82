/** Small news for open consoles, from any process to all of them, through NOTIFY. */
import { sql } from "kysely";
import type { LiveNews } from "#model/live-message.ts";
import type { Db } from "./database.ts";
import { type Listener, listen } from "./listen.ts";
import type { Store } from "./open-store.ts";

const channel = "sallyport_live";

/** Heard when the transaction commits. Equal messages within one transaction are heard once. */
export async function notifyLive(db: Db, message: LiveNews): Promise<void> {
  await sql`select pg_notify(${channel}, ${JSON.stringify(message)})`.execute(db);
}

/** What was said while the connection was lost was not heard: `onConnected` runs whenever it is there, the first time too. */
export async function listenLive(
  store: Store,
  onMessage: (message: LiveNews) => void,
  onConnected: () => void,
): Promise<Listener> {
  return listen({
    url: store.url,
    channel,
    log: store.log,
    onMessage: (payload) => onMessage(JSON.parse(payload) as LiveNews),
    onConnected,
  });
}

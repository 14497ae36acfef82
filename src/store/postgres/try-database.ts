/** Whether a database answers at all, before anything is asked of it. */
import pg from "pg";

/** Why nobody gets in there, in PostgreSQL's words or the network's; undefined if one does. */
export async function whyNotOpen(url: string): Promise<string | undefined> {
  const client = new pg.Client({
    connectionString: url,
    application_name: "sallyport",
    connectionTimeoutMillis: 10_000,
  });
  // What happens after an answer was given is told by others.
  client.on("error", () => undefined);
  try {
    await client.connect();
    return undefined;
  } catch (error) {
    return messageOf(error);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** A name with several addresses fails at each of them, and has no message of its own. */
function messageOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(messageOf).join(", ");
  return error instanceof Error ? error.message : String(error);
}

/** Writes down every quarter of a minute what was spent on Azure DevOps and how near its limits we are: the health page reads it. */
import type { Pace } from "#azure-devops/open-remote.ts";
import type { OrganizationPace } from "#store/database.ts";
import { findOrganizationsByName } from "#store/instances/organizations.ts";
import { addSpend, setOrganizationPace } from "#store/instances/remote-spend.ts";
import type { App } from "./app.ts";

export interface SpendRecorder {
  /** Writes what is left. */
  stop(): Promise<void>;
}

const intervalMilliseconds = 15_000;

export function startSpendRecorder(app: Pick<App, "db" | "remote" | "log" | "now">): SpendRecorder {
  let writing: Promise<void> = Promise.resolve();
  function write(): Promise<void> {
    // A count that could not be written is a gap in a figure, nothing else.
    writing = writing
      .then(() => recordSpend(app))
      .catch((error: unknown) => app.log.warn({ err: error }, "spend not written"));
    return writing;
  }
  const timer = setInterval(() => void write(), intervalMilliseconds);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      await write();
    },
  };
}

export async function recordSpend({ db, remote, now }: Pick<App, "db" | "remote" | "now">): Promise<void> {
  const spends = remote.takeSpend();
  const paces = remote.paces();
  const names = new Set([...spends, ...paces].map(({ organization }) => organization.toLowerCase()));
  names.delete("");
  if (names.size === 0) return;
  const found = await findOrganizationsByName(db, [...names]);
  const ids = new Map(found.map(({ id, name }) => [name.toLowerCase(), id]));
  const rows = spends.flatMap(({ organization, ...spend }) => {
    const organizationId = ids.get(organization.toLowerCase());
    return organizationId ? [{ organizationId, ...spend }] : [];
  });
  await addSpend(db, rows, now());
  for (const [name, ofOne] of Map.groupBy(paces, ({ organization }) => organization.toLowerCase())) {
    const id = ids.get(name);
    if (id) await setOrganizationPace(db, id, tightest(ofOne, now()));
  }
}

/** Several identities may act in one organization; what people must know of is the one that has least left. */
function tightest(paces: readonly Pace[], now: Date): OrganizationPace {
  const share = ({ limit, remaining }: Pace) => (limit && remaining !== undefined ? remaining / limit : 1);
  const [first] = paces.toSorted((a, b) => share(a) - share(b));
  const paused = paces.flatMap(({ pausedUntil }) => pausedUntil ?? []).toSorted((a, b) => b.getTime() - a.getTime())[0];
  return {
    ...(first?.limit === undefined ? {} : { limit: first.limit }),
    ...(first?.remaining === undefined ? {} : { remaining: first.remaining }),
    ...(first?.resetAt && { resetAt: first.resetAt.toISOString() }),
    ...(paused && { pausedUntil: paused.toISOString() }),
    waiting: paces.reduce((sum, { waiting }) => sum + waiting, 0),
    seenAt: now.toISOString(),
  };
}

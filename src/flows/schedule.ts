/** What happens without a cause from outside: every organization is listed again every ten minutes, and old things are cleared away. */
import type { OrganizationId } from "#model/ids.ts";
import { listInstances } from "#store/instances.ts";
import { listOrganizations, type OrganizationRow } from "#store/organizations.ts";
import type { App } from "./app.ts";
import { askForMaintenance, askForSync } from "./ask.ts";

export interface Schedule {
  /** Asks for what is due now; the timer calls it every half minute. */
  tick(): Promise<void>;
  stop(): void;
}

const tickMilliseconds = 30_000;
const firstMilliseconds = 20_000;
const syncMilliseconds = 10 * 60_000;
const maintenanceMilliseconds = 60 * 60_000;

/** Everything is due when a server starts: while it was down, deliveries may have been lost. */
export async function startSchedule(app: App): Promise<Schedule> {
  const askedAt = new Map<OrganizationId | "maintenance", { readonly time: number; readonly isFirst: boolean }>();

  function isDue(name: OrganizationId | "maintenance", interval: number): boolean {
    const last = askedAt.get(name);
    const now = app.now().getTime();
    // Where the API is another process, it may open its door after the first look: so look again soon.
    if (last && now - last.time < (last.isFirst ? firstMilliseconds : interval)) return false;
    askedAt.set(name, { time: now, isFirst: last === undefined });
    return true;
  }

  async function tick(): Promise<void> {
    for (const organization of await liveOrganizations(app)) {
      if (isDue(organization.id, syncMilliseconds + jitter(organization.id)))
        await askForSync(app, app.db, organization);
    }
    if (isDue("maintenance", maintenanceMilliseconds)) await askForMaintenance(app, app.db);
  }

  await tick();
  const timer = setInterval(() => {
    tick().catch((error: unknown) => app.log.warn({ err: error }, "schedule missed a turn"));
  }, tickMilliseconds);
  timer.unref();
  return { tick, stop: () => clearInterval(timer) };
}

async function liveOrganizations(app: App): Promise<readonly OrganizationRow[]> {
  const instances = await listInstances(app.db, { is: "everything" });
  const lists = instances.filter(({ state }) => state !== "disabled").map(({ id }) => listOrganizations(app.db, id));
  return (await Promise.all(lists)).flat();
}

/** Up to a minute, always the same for one organization: a hundred of them do not all call at once. */
function jitter(id: OrganizationId): number {
  return (Number.parseInt(id.slice(-4), 16) / 0xffff) * 60_000 || 0;
}

/** What people want of gates: written down with the job that sees to it, for chosen branches, a project or a whole instance. */
import { type GatedBranch, gatedRef } from "#model/gate.ts";
import type { InstanceId, ProjectId, RepositoryId } from "#model/ids.ts";
import { listOrganizations } from "#store/instances/organizations.ts";
import { listChosenRepositories } from "#store/instances/repositories.ts";
import { insertAuditEvent } from "#store/people/audit-events.ts";
import { unwantGates, wantGates } from "#store/pull-requests/gates.ts";
import { inTransaction } from "#store/transaction.ts";
import type { App } from "../app.ts";
import { askToKeepGates } from "../jobs/ask.ts";

export interface GateWish {
  readonly instance: InstanceId;
  /** These alone; all that are scanned if absent. */
  readonly repositories?: readonly RepositoryId[];
  readonly project?: ProjectId;
  /** A branch, or a folder of branches: `release/*`. Each repository's default branch if absent. */
  readonly ref?: string;
  readonly wanted: boolean;
  readonly by: string;
}

export type WishOutcome =
  | { readonly is: "asked"; readonly branches: number }
  | { readonly is: "no-ref" }
  | { readonly is: "nothing" };

type Asker = Pick<App, "db" | "jobs" | "now">;

export async function askForGates(app: Asker, wish: GateWish): Promise<WishOutcome> {
  const ref = wish.ref === undefined ? undefined : gatedRef(wish.ref);
  if (wish.ref !== undefined && ref === undefined) return { is: "no-ref" };
  return inTransaction(app.db, async (tx): Promise<WishOutcome> => {
    const asked = wish.repositories && new Set(wish.repositories);
    const repositories = (await listChosenRepositories(tx, wish.instance)).filter(
      (one) =>
        !one.isDisabled &&
        one.defaultBranch !== undefined &&
        (!asked || asked.has(one.id)) &&
        (wish.project === undefined || one.projectId === wish.project),
    );
    const branches = repositories.flatMap(({ id, defaultBranch }): readonly GatedBranch[] => {
      const chosen = ref ?? defaultBranch;
      return chosen === undefined ? [] : [{ repositoryId: id, ref: chosen }];
    });
    if (branches.length === 0) return { is: "nothing" };
    const at = app.now();
    await (wish.wanted ? wantGates : unwantGates)(tx, branches, { by: wish.by, at });
    const places = repositories.slice(0, 20).map(({ name }) => name);
    await insertAuditEvent(tx, {
      actor: wish.by,
      action: wish.wanted ? "gates-asked" : "gates-unasked",
      subject: `${branches.length} ${branches.length === 1 ? "branch" : "branches"}: ${ref ?? "default branches"}`,
      instanceId: wish.instance,
      data: { repositories: places, ...(ref !== undefined && { ref }) },
      at,
    });
    const concerned = new Set(repositories.map(({ organizationId }) => organizationId));
    for (const organization of await listOrganizations(tx, wish.instance)) {
      if (concerned.has(organization.id)) await askToKeepGates(app, tx, organization, { isThorough: true });
    }
    return { is: "asked", branches: branches.length };
  });
}

/** Looks at all gates of the instance now. */
export async function askToCheckGates(app: Asker, instance: InstanceId): Promise<void> {
  await inTransaction(app.db, async (tx) => {
    for (const organization of await listOrganizations(tx, instance)) {
      await askToKeepGates(app, tx, organization, { isThorough: true });
    }
  });
}

/** Instances as the wire carries them. */
import type { InstanceId } from "#model/ids.ts";
import type { Db } from "#store/database.ts";
import { listSubscriptions } from "#store/hook-subscriptions.ts";
import type { InstanceOverview } from "#store/instances.ts";
import { listProjects } from "#store/projects.ts";
import { toTime } from "../shapes/time.ts";
import type { InstanceDetail, InstanceRow } from "./contract.ts";

export function rowOf(instance: InstanceOverview): InstanceRow {
  const { id, name, vendor, signIn, takes, state, issues } = instance;
  return {
    id,
    name,
    vendor,
    signIn: signIn
      ? { is: signIn.is, account: signIn.account, expires: signIn.is === "pat" ? toTime(signIn.expires) : null }
      : null,
    organizations: instance.organizations.map((organization) => ({
      id: organization.id,
      name: organization.name,
      syncedAt: organization.syncedAt === undefined ? null : new Date(organization.syncedAt).toISOString(),
    })),
    takes: takes.is,
    state,
    reasons: instance.reasons.map(({ code, message }) => ({ code, message })),
    repositories: { ...instance.repositories },
    issues,
    hooks: { ...instance.hooks },
    createdAt: toTime(instance.createdAt),
  };
}

export async function subscriptionsOf(db: Db, id: InstanceId): Promise<InstanceDetail["subscriptions"]> {
  const [subscriptions, projects] = await Promise.all([listSubscriptions(db, id), listProjects(db, id)]);
  const nameOf = new Map(projects.map((project) => [project.id, project.name]));
  return subscriptions.map((subscription) => ({
    project: nameOf.get(subscription.projectId) ?? subscription.projectId,
    eventType: subscription.eventType,
    status: subscription.status,
    accepted: subscription.accepted,
    duplicates: subscription.duplicate,
    refused: subscription.refused,
    lastDeliveryAt: toTime(subscription.lastDeliveryAt),
  }));
}

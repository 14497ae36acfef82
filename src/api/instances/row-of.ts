/** Instances as the wire carries them. Reasons name accounts: to readers who are no administrators without mail addresses. */
import { withoutMail } from "#flows/connect-instance/account-text.ts";
import type { InstanceId } from "#model/ids.ts";
import type { Takes } from "#model/instance.ts";
import type { Db } from "#store/database.ts";
import { listSubscriptions } from "#store/hooks/hook-subscriptions.ts";
import type { HookValidation } from "#store/hooks/hook-validations.ts";
import type { HeadProof, InstanceOverview } from "#store/instances/instances.ts";
import { listProjects } from "#store/instances/projects.ts";
import { mayDo } from "../permissions.ts";
import { toTime } from "../shapes/time.ts";
import type { Viewer } from "../viewer.ts";
import type { InstanceDetail, InstanceRow, Validation } from "./contract.ts";

export function rowOf(instance: InstanceOverview, { role }: Pick<Viewer, "role">): InstanceRow {
  const { id, name, vendor, signIn, takes, features, state, issues } = instance;
  const told = mayDo(role, "administer") ? (text: string) => text : withoutMail;
  return {
    id,
    name,
    vendor,
    signIn: signIn
      ? { is: signIn.is, account: signIn.account, tenant: signIn.tenant ?? null, expires: toTime(signIn.expires) }
      : null,
    credentials: { ...instance.credentials },
    organizations: instance.organizations.map((organization) => ({
      id: organization.id,
      name: organization.name,
      syncedAt: isoText(organization.syncedAt),
    })),
    takes: takes.is,
    features: { ...features },
    state,
    reasons: instance.reasons.map(({ code, level, organization, since, cause, affects, remedy, action }) => ({
      code,
      level,
      organization: organization ?? null,
      since,
      cause: told(cause),
      affects: told(affects),
      remedy: told(remedy),
      action: action ?? null,
    })),
    pausedAt: toTime(instance.pausedAt),
    heads: headsOf(instance.heads),
    repositories: { ...instance.repositories },
    issues,
    hooks: { ...instance.hooks },
    createdAt: toTime(instance.createdAt),
  };
}

export function headsOf({ unscanned, unchecked, oldestCheck }: HeadProof): InstanceRow["heads"] {
  return { unscanned, unchecked, oldestCheck: isoText(oldestCheck) };
}

/** The database writes times into JSON with its own offset. */
export function isoText(text: string | undefined): string | null {
  return text === undefined ? null : new Date(text).toISOString();
}

export async function detailOf(
  db: Db,
  instance: InstanceOverview,
  viewer: Pick<Viewer, "role">,
): Promise<InstanceDetail> {
  return {
    ...rowOf(instance, viewer),
    narrowing: narrowingOf(instance.takes),
    pausedBy: instance.pausedBy,
    subscriptions: await subscriptionsOf(db, instance),
  };
}

function narrowingOf(takes: Takes): InstanceDetail["narrowing"] {
  if (takes.is === "list" || !takes.narrowing) return null;
  const { include, exclude, ...skips } = takes.narrowing;
  return { ...skips, include: [...include], exclude: [...exclude] };
}

async function subscriptionsOf(
  db: Db,
  { id, organizations }: { readonly id: InstanceId; readonly organizations: InstanceOverview["organizations"] },
): Promise<InstanceDetail["subscriptions"]> {
  const [subscriptions, projects] = await Promise.all([listSubscriptions(db, id), listProjects(db, id)]);
  const projectName = new Map(projects.map((project) => [project.id, project.name]));
  const organizationName = new Map(organizations.map((organization) => [organization.id, organization.name]));
  return subscriptions.map((subscription) => ({
    organization: organizationName.get(subscription.organizationId) ?? "",
    project:
      subscription.projectId === undefined ? null : (projectName.get(subscription.projectId) ?? subscription.projectId),
    eventType: subscription.eventType,
    status: subscription.status,
    accepted: subscription.accepted,
    duplicates: subscription.duplicate,
    refused: subscription.refused,
    lastDeliveryAt: toTime(subscription.lastDeliveryAt),
    checkedAt: toTime(subscription.checkedAt),
  }));
}

export function validationOf({ id, startedBy, startedAt, finishedAt, results }: HookValidation): Validation {
  return {
    id,
    startedBy,
    startedAt: toTime(startedAt),
    finishedAt: toTime(finishedAt),
    results: results.map(({ organization, project, eventType, state, detail, milliseconds }) => ({
      organization,
      project: project ?? null,
      eventType,
      state,
      detail: detail ?? null,
      milliseconds: milliseconds === undefined ? null : Math.round(milliseconds),
    })),
  };
}

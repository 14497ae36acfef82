/** Puts together how a connection does. Readers who are no administrators get no mail address beyond that of the instance's row. */
import { withoutMail } from "#flows/connect-instance/account-text.ts";
import { pollingSeconds } from "#flows/sync-organization/cadence.ts";
import type { OrganizationId, SignInId } from "#model/ids.ts";
import type { InstanceOverview } from "#store/instances/instances.ts";
import { listProjects } from "#store/instances/projects.ts";
import { listSpend } from "#store/instances/remote-spend.ts";
import { listChoosable } from "#store/instances/repositories.ts";
import { listLags } from "#store/instances/repository-heads.ts";
import { listAuditEvents } from "#store/people/audit-events.ts";
import { type Credential, listCredentials } from "#store/people/credentials.ts";
import { getSignIn } from "#store/people/sign-ins.ts";
import type { Parts } from "../api-server.ts";
import { headsOf, isoText } from "../instances/row-of.ts";
import { mayDo } from "../permissions.ts";
import { preflightOf } from "../shapes/preflight-of.ts";
import { toTime } from "../shapes/time.ts";
import type { Viewer } from "../viewer.ts";
import type { InstanceHealth } from "./contract.ts";

const day = 24 * 60 * 60_000;
const mostLags = 50;
const mostEvents = 20;

/** Azure DevOps sends within seconds, and a scan of a push takes about as long. */
const hookSeconds = 10;

export async function readHealth(
  { app }: Pick<Parts, "app">,
  instance: InstanceOverview,
  viewer: Viewer,
): Promise<InstanceHealth> {
  const { db } = app;
  const nameOf = new Map(instance.organizations.map(({ id, name }) => [id, name]));
  const organizationName = (id: OrganizationId) => nameOf.get(id) ?? "";
  const [spend, lags] = await Promise.all([
    listSpend(db, instance.id, new Date(app.now().getTime() - day)),
    listLags(db, instance.id, mostLags),
  ]);
  return {
    delivery: deliveryOf(app, instance),
    credentials: await credentialsOf(app, instance, { viewer, organizationName }),
    spend: spend.map(({ organizationId, purpose, calls, refused, failed, delayedMilliseconds }) => ({
      organization: organizationName(organizationId),
      purpose,
      calls,
      refused,
      failed,
      delayedMilliseconds,
    })),
    paces: pacesOf(instance),
    heads: headsOf(instance.heads),
    lags: lags.map(({ id, name, project, organizationId, headCommit, scannedCommit, headCheckedAt }) => ({
      id,
      repository: name,
      project,
      organization: organizationName(organizationId),
      headCommit,
      scannedCommit,
      headCheckedAt: toTime(headCheckedAt),
    })),
    projects: await projectsOf(app, instance, organizationName),
    events: await eventsOf(app, instance, viewer),
  };
}

function deliveryOf({ delivery }: Parts["app"], { repositories }: InstanceOverview): InstanceHealth["delivery"] {
  if (delivery.is === "hooks") return { is: "hooks", because: null, latencySeconds: hookSeconds };
  return { is: "polling", because: delivery.because, latencySeconds: pollingSeconds(repositories.chosen) };
}

async function credentialsOf(
  { db }: Parts["app"],
  instance: InstanceOverview,
  about: { readonly viewer: Viewer; readonly organizationName: (id: OrganizationId) => string },
): Promise<InstanceHealth["credentials"]> {
  const credentials = await listCredentials(db, instance.id);
  const inUse = new Set<Credential>();
  for (const { id } of instance.organizations) {
    const best = credentials.find(({ organizationId, health }) => organizationId === id && health === "good");
    if (best) inUse.add(best);
  }
  const signIns = new Set(credentials.flatMap(({ signInId }) => signInId ?? []));
  const rows = await Promise.all([...signIns].map((id) => getSignIn(db, id)));
  const tenantOf = new Map<SignInId, string>(rows.flatMap((row) => (row?.tenantId ? [[row.id, row.tenantId]] : [])));
  const isAdministrator = mayDo(about.viewer.role, "administer");
  return credentials.map((credential) => ({
    id: credential.id,
    method: credential.method,
    account:
      isAdministrator || credential.accountName === instance.signIn?.account
        ? credential.accountName
        : withoutMail(credential.accountName),
    tenant: (credential.signInId && tenantOf.get(credential.signInId)) ?? null,
    organization: about.organizationName(credential.organizationId),
    expires: toTime(credential.expires),
    allOrganizations: credential.allOrganizations,
    health: credential.health,
    healthReason:
      (isAdministrator ? credential.healthReason : credential.healthReason && withoutMail(credential.healthReason)) ??
      null,
    healthSince: toTime(credential.healthSince),
    checkedAt: toTime(credential.checkedAt),
    isInUse: inUse.has(credential),
    preflight:
      credential.preflight && credential.checkedAt
        ? preflightOf({ ...credential.preflight, checkedAt: credential.checkedAt })
        : null,
  }));
}

function pacesOf({ organizations }: InstanceOverview): InstanceHealth["paces"] {
  return organizations.flatMap(({ name, pace }) =>
    pace
      ? [
          {
            organization: name,
            limit: pace.limit ?? null,
            remaining: pace.remaining ?? null,
            resetAt: isoText(pace.resetAt),
            pausedUntil: isoText(pace.pausedUntil),
            waiting: pace.waiting,
            seenAt: new Date(pace.seenAt).toISOString(),
          },
        ]
      : [],
  );
}

async function projectsOf(
  { db }: Parts["app"],
  instance: InstanceOverview,
  organizationName: (id: OrganizationId) => string,
): Promise<InstanceHealth["projects"]> {
  const [projects, repositories] = await Promise.all([listProjects(db, instance.id), listChoosable(db, instance.id)]);
  return projects.map(({ id, name, organizationId, sourceControl }) => {
    const own = repositories.filter(({ projectId }) => projectId === id);
    return {
      id,
      name,
      organization: organizationName(organizationId),
      isSupported: sourceControl === "git",
      repositories: own.length,
      chosen: own.filter(({ chosen }) => chosen).length,
    };
  });
}

async function eventsOf(
  { db }: Parts["app"],
  { id }: InstanceOverview,
  viewer: Viewer,
): Promise<InstanceHealth["events"]> {
  const { rows } = await listAuditEvents(db, { is: "instances", ids: [id] }, { offset: 0, limit: mostEvents });
  const isAdministrator = mayDo(viewer.role, "administer");
  return rows.map(({ id: event, at, actor, action, subject, data }) => ({
    id: event,
    at: toTime(at),
    actor: isAdministrator ? actor : withoutMail(actor),
    action,
    subject: isAdministrator ? subject : withoutMail(subject),
    data: isAdministrator ? (data as Record<string, unknown>) : null,
  }));
}

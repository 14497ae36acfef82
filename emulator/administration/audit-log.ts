/** The audit log: of organizations that belong to a tenant only; what it tells of here is the pushes, and what was recorded. */
import { dateOf, numberOf } from "../query-values.ts";
import { requireGroup } from "../rights.ts";
import { type Answer, type Call, list, Refusal, type Route } from "../route.ts";
import { zeroGuid } from "../shapes.ts";
import type { OrganizationState, World } from "../world.ts";
import { type AuditEvent, auditEventsOf } from "./audit-events.ts";

function readLog(call: Call, world: World): Answer {
  const { organization } = call;
  if (organization.tenantId === zeroGuid)
    throw new Refusal(
      403,
      "AuditLogNotAvailableException",
      "Auditing is available to organizations that are backed by Microsoft Entra ID only.",
    );
  requireGroup(call, "collection administrators", undefined, "View audit log");
  const start = dateOf(call, "startTime");
  const end = dateOf(call, "endTime");
  const entries = entriesOf(call).filter(({ at }) => (!start || at >= start) && (!end || at <= end));
  const size = Math.max(1, numberOf(call, ["batchSize"], 200, 100_000));
  const token = call.query("continuationToken");
  // the token of a batch is the id of its last entry
  const from = token ? entries.findIndex((one) => idOf(call, one) === token) + 1 : 0;
  const batch = entries.slice(from, from + size);
  const last = batch.at(-1);
  const hasMore = last !== undefined && from + size < entries.length;
  return {
    body: {
      decoratedAuditLogEntries: batch.map((one) => shape(call, world, one)),
      hasMore,
      continuationToken: hasMore ? idOf(call, last) : "",
    },
  };
}

type Entry = Omit<AuditEvent, "id"> & { readonly key: string };

/** Pushes and what was recorded, newest first. */
function entriesOf(call: Call): readonly Entry[] {
  const pushes = [...call.organization.repositories.values()].flatMap((repository) =>
    repository.pushes.map(
      (push): Entry => ({
        key: `push-${push.id}`,
        at: push.date,
        userId: push.userId,
        actionId: "Git.RepositoryPushed",
        area: "Git",
        category: "modify",
        projectId: repository.projectId,
        details: `${push.refUpdates.map((update) => update.name).join(", ")} of ${repository.name}`,
        data: {},
        ipAddress: "192.0.2.10",
        userAgent: "git",
      }),
    ),
  );
  const recorded = auditEventsOf(call.organization).map(({ id, ...event }): Entry => ({ key: String(id), ...event }));
  // later ones first, and of the same moment those that were told last
  return [...pushes, ...recorded].reverse().sort((left, right) => right.at.getTime() - left.at.getTime());
}

function idOf(call: Call, entry: Entry): string {
  return `${entry.at.getTime()};${call.organization.id};${entry.key}`;
}

function shape(call: Call, world: World, entry: Entry): Record<string, unknown> {
  const { organization } = call;
  const user = world.users.get(entry.userId);
  const project = organization.projects.get(entry.projectId ?? "");
  return {
    id: idOf(call, entry),
    correlationId: organization.collectionId,
    activityId: organization.collectionId,
    actorCUID: entry.userId,
    actorUserId: entry.userId,
    actorDisplayName: user?.displayName ?? "",
    actorUPN: user?.mail ?? "",
    authenticationMechanism: "PAT",
    timestamp: entry.at.toISOString(),
    scopeType: "organization",
    scopeDisplayName: `${organization.name} (Organization)`,
    scopeId: organization.id,
    projectId: entry.projectId ?? zeroGuid,
    projectName: project?.name ?? null,
    ipAddress: entry.ipAddress,
    userAgent: entry.userAgent,
    actionId: entry.actionId,
    data: entry.data,
    details: entry.details,
    area: entry.area,
    category: entry.category,
    categoryDisplayName: entry.category.charAt(0).toUpperCase() + entry.category.slice(1),
  };
}

const streams = new WeakMap<OrganizationState, AuditStream[]>();

interface AuditStream {
  readonly id: number;
  readonly consumerType: "Splunk" | "AzureMonitorLogs" | "AzureEventGrid";
  readonly displayName: string;
  readonly status: "enabled" | "disabledByUser" | "disabledBySystem";
  readonly updated: Date;
}

/** Sends the audit log elsewhere; secrets of where to are never shown. */
export function addAuditStream(
  world: World,
  organization: OrganizationState,
  made: Pick<AuditStream, "consumerType" | "displayName"> & Partial<AuditStream>,
): AuditStream {
  const known = streams.get(organization) ?? [];
  const stream: AuditStream = { id: known.length + 1, status: "enabled", updated: world.clock.now(), ...made };
  streams.set(organization, [...known, stream]);
  return stream;
}

function streamShape(stream: AuditStream): Record<string, unknown> {
  return {
    id: stream.id,
    consumerType: stream.consumerType,
    displayName: stream.displayName,
    consumerInputs: { WorkspaceId: "********", SharedKey: "********" },
    status: stream.status,
    statusReason: "",
    createdTime: stream.updated.toISOString(),
    updatedTime: stream.updated.toISOString(),
  };
}

function streamsOf(call: Call): readonly AuditStream[] {
  requireGroup(call, "collection administrators", undefined, "Manage audit streams");
  return streams.get(call.organization) ?? [];
}

export const auditLogRoutes: readonly Route[] = [
  {
    method: "GET",
    host: "auditservice.dev.azure.com",
    path: "/{organization}/_apis/audit/auditlog",
    scopes: ["auditlog"],
    preview: true,
    handle: readLog,
  },
  {
    method: "GET",
    host: "auditservice.dev.azure.com",
    path: "/{organization}/_apis/audit/streams/{streamId?}",
    scopes: ["auditlog"],
    preview: true,
    handle(call) {
      const { streamId } = call.params;
      if (streamId === undefined) return list(streamsOf(call).map(streamShape));
      const stream = streamsOf(call).find((one) => String(one.id) === streamId);
      if (stream) return { body: streamShape(stream) };
      throw new Refusal(404, "AuditStreamDoesNotExistException", `Audit stream ${streamId} does not exist.`);
    },
  },
];

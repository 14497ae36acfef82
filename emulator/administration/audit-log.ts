/** The audit log: of organizations that belong to a tenant only; what it tells of here is the pushes. */
import { dateOf, numberOf } from "../query-values.ts";
import { requireGroup } from "../rights.ts";
import { type Answer, type Call, Refusal, type Route } from "../route.ts";
import { zeroGuid } from "../shapes.ts";
import type { World } from "../world.ts";

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
  const entries = [...organization.repositories.values()]
    .flatMap((repository) => repository.pushes.map((push) => ({ repository, push })))
    .filter(({ push }) => (!start || push.date >= start) && (!end || push.date <= end))
    .sort((left, right) => right.push.id - left.push.id);
  const from = numberOf(call, ["continuationToken"], 0);
  const next = from + Math.max(1, numberOf(call, ["batchSize"], 200, 100_000));
  const hasMore = next < entries.length;
  return {
    body: {
      decoratedAuditLogEntries: entries.slice(from, next).map(({ repository, push }) => {
        const user = world.users.get(push.userId);
        return {
          id: `${organization.id};${push.id}`,
          correlationId: organization.collectionId,
          actorUserId: push.userId,
          actorDisplayName: user?.displayName ?? "",
          actorUPN: user?.mail ?? "",
          timestamp: push.date.toISOString(),
          scopeType: "organization",
          scopeId: organization.id,
          projectId: repository.projectId,
          actionId: "Git.RepositoryPushed",
          category: "modify",
          area: "Git",
          details: `${push.refUpdates.map((update) => update.name).join(", ")} of ${repository.name}`,
        };
      }),
      hasMore,
      continuationToken: hasMore ? String(next) : "",
    },
  };
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
];

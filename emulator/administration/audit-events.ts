/** What the audit log of an organization tells besides pushes: events that calls raise, and those that seeds tell of. */
import { nextId, type OrganizationState, type User, type World } from "../world.ts";

export interface AuditEvent {
  readonly id: number;
  readonly at: Date;
  readonly userId: string;
  readonly actionId: string;
  readonly area: string;
  readonly category: "access" | "create" | "modify" | "remove" | "execute" | "unknown";
  readonly projectId?: string;
  readonly details: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly ipAddress: string;
  readonly userAgent: string;
}

const events = new WeakMap<OrganizationState, AuditEvent[]>();

export function auditEventsOf(organization: OrganizationState): readonly AuditEvent[] {
  return events.get(organization) ?? [];
}

export function recordAudit(
  world: World,
  organization: OrganizationState,
  user: Pick<User, "id">,
  event: Omit<AuditEvent, "id" | "at" | "userId" | "ipAddress" | "userAgent"> &
    Partial<Pick<AuditEvent, "at" | "ipAddress" | "userAgent">>,
): AuditEvent {
  const kept: AuditEvent = {
    id: nextId(world, `audit event ${organization.id}`),
    at: world.clock.now(),
    userId: user.id,
    ipAddress: "192.0.2.10",
    userAgent: "Mozilla/5.0",
    ...event,
  };
  const known = events.get(organization) ?? [];
  known.push(kept);
  events.set(organization, known);
  return kept;
}

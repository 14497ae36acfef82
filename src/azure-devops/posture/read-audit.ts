/** The audit log of an organization since what is known of it, at least the last day, and where it is sent to. */
import type { AuditEventFact, AuditStreamFact } from "#model/posture/organization-settings.ts";
import { RemoteError } from "#model/remote-error.ts";
import { type OrganizationClient, path } from "../organization-client.ts";
import { isWire, optionalNumber, optionalText, requiredText, type Wire, wireList, wireObject } from "../read-wire.ts";
import type { Collecting } from "./collector.ts";
import { isoDate } from "./iso-date.ts";

const host = "auditservice.dev.azure.com";
const apiVersion = "7.1-preview.1";
const day = 24 * 60 * 60_000;

/** What is older was judged long ago, or is too much to be told at once. */
const farthestBack = 7 * day;
const perPage = 1000;
const mostPages = 20;

export async function readAuditEvents(
  client: OrganizationClient,
  given: Pick<Collecting, "known" | "now" | "lookAt">,
): Promise<readonly AuditEventFact[]> {
  const where = "the audit log";
  const startTime = startOf(given).toISOString();
  const events = new Map<string, AuditEventFact>();
  let continuationToken: string | undefined;
  for (let page = 0; page < mostPages; page += 1) {
    const query = { startTime, batchSize: perPage, continuationToken, skipAggregation: "true" };
    const { body } = await client.request({ host, path: path`/_apis/audit/auditlog`, query, apiVersion });
    const outer = wireObject(body, where);
    const answer = isWire(outer.value) ? outer.value : outer;
    for (const wire of wireList(answer.decoratedAuditLogEntries, where)) {
      const event = readEvent(wire, given.lookAt);
      events.set(event.id, event);
    }
    const next = optionalText(answer, "continuationToken");
    if (answer.hasMore === false || next === undefined || next === continuationToken) break;
    continuationToken = next;
  }
  // The newest come first: where there are too many, the oldest are missing.
  return [...events.values()].toSorted((one, other) => one.at.localeCompare(other.at));
}

/** Since the newest event that is known, so that no gap is left where nobody asked for some days. */
function startOf({ known, now }: Pick<Collecting, "known" | "now">): Date {
  const newest = Math.max(...(known.auditEvents ?? []).map(({ at }) => Date.parse(at) || 0), 0);
  const yesterday = now().getTime() - day;
  return new Date(newest === 0 ? yesterday : Math.max(Math.min(newest, yesterday), now().getTime() - farthestBack));
}

function readEvent(wire: Wire, lookAt: Collecting["lookAt"]): AuditEventFact {
  const where = "the audit log";
  const actorId = idIn(wire, "actorUserId") ?? idIn(wire, "actorClientId") ?? "";
  const projectId = idIn(wire, "projectId");
  const address = optionalText(wire, "ipAddress");
  const userAgent = optionalText(wire, "userAgent")?.slice(0, longestText);
  const at = isoDate(wire, "timestamp");
  if (at === undefined) {
    const message = "Azure DevOps answered the audit log without timestamp.";
    throw new RemoteError("unexpected", message, { details: { where, what: "timestamp" } });
  }
  return {
    id: requiredText(wire, "id", where),
    action: requiredText(wire, "actionId", where),
    at,
    actor: { id: actorId.toLowerCase(), name: optionalText(wire, "actorDisplayName") ?? actorId },
    ...(projectId === undefined ? {} : { projectId: projectId.toLowerCase() }),
    details: harmless("details", optionalText(wire, "details") ?? "", lookAt) ?? "",
    data: dataOf(isWire(wire.data) ? wire.data : {}, lookAt),
    ...(address === undefined ? {} : { address }),
    ...(userAgent === undefined ? {} : { userAgent }),
  };
}

/** Whoever is not of this kind has nothing but zeros there. */
function idIn(wire: Wire, key: string): string | undefined {
  const id = optionalText(wire, key);
  return id === undefined || /^[0-]+$/.test(id) ? undefined : id;
}

const longestText = 500;
const mostKeys = 60;

function dataOf(data: Wire, lookAt: Collecting["lookAt"]): AuditEventFact["data"] {
  const plain = Object.entries(data).flatMap(([name, value]): readonly [string, string | number | boolean][] => {
    if (typeof value === "boolean" || (typeof value === "number" && Number.isFinite(value))) return [[name, value]];
    const text = typeof value === "string" ? harmless(name, value, lookAt) : undefined;
    return text === undefined ? [] : [[name, text]];
  });
  return Object.fromEntries(plain.slice(0, mostKeys));
}

/** Undefined if it looks like a secret; what is cut off is not looked at, and not kept. */
function harmless(name: string, text: string, lookAt: Collecting["lookAt"]): string | undefined {
  const short = text.slice(0, longestText);
  return lookAt(name, short) === undefined ? short : undefined;
}

export async function readAuditStreams(client: OrganizationClient): Promise<readonly AuditStreamFact[]> {
  const where = "audit streams";
  const { body } = await client.request({ host, path: path`/_apis/audit/streams`, apiVersion });
  // The documented example is one stream alone.
  const isOne = isWire(body) && body.value === undefined && body.consumerType !== undefined;
  const wires = isOne ? [body] : wireList(body, where);
  return wires.flatMap((wire) => {
    const status = statusOf(wire.status);
    if (status === undefined) return [];
    const id = optionalNumber(wire, "id") ?? requiredText(wire, "id", where);
    const name = optionalText(wire, "displayName") ?? `${id}`;
    return [{ id: `${id}`, name: withoutPath(name), consumer: optionalText(wire, "consumerType") ?? "", status }];
  });
}

/** A stream is often called by its address, which may end with a token. */
function withoutPath(name: string): string {
  return /^https?:\/\//i.test(name) && URL.canParse(name) ? new URL(name).origin : name;
}

const statuses: Readonly<Record<string, AuditStreamFact["status"]>> = {
  enabled: "enabled",
  backfilling: "enabled",
  disabledbyuser: "disabled-by-user",
  disabledbysystem: "disabled-by-system",
  // As numbers, too: the order of the enumeration.
  "1": "enabled",
  "2": "disabled-by-user",
  "3": "disabled-by-system",
  "5": "enabled",
};

/** Undefined: it was deleted. */
function statusOf(status: unknown): AuditStreamFact["status"] | undefined {
  const text = String(status).toLowerCase();
  return text === "deleted" || text === "4" ? undefined : (statuses[text] ?? "other");
}

/**
 * Stores a batch of deliveries: new events, a job for each of them, the counters of their subscriptions and the
 * announcement of the jobs. One statement, so one transaction and one way to the database and back.
 */
import { CompiledQuery } from "kysely";
import type { HookEventId, InstanceId } from "#model/ids.ts";
import type { Db } from "../database.ts";
import { jobChannel } from "../jobs/job-channel.ts";
import type { JsonText } from "../json.ts";
import { newId } from "../new-id.ts";
import type { DeliveryOutcome } from "./hook-subscriptions.ts";

export interface Delivery {
  readonly subscriptionKey: string;
  readonly at: Date;
  /** Absent if the delivery was refused: then it is only counted. */
  readonly event?: DeliveredEvent | undefined;
}

export interface DeliveredEvent {
  readonly instanceId: InstanceId;
  readonly eventId: string;
  readonly eventType: string;
  readonly body: JsonText;
}

/** Cannot be inside JSON; an array of texts would escape every quote of every body, and read them back. */
const separator = "\x1e";

/**
 * The jobs are rows as pg-boss' own insert makes them, for a queue of policy "standard" and without its options. A job
 * has the id of its event, and the event's instance as its group. What two batches both touch they touch in the same
 * order, so that they cannot deadlock.
 */
const statement = `
  with given as materialized (
    select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[],
        string_to_array($6::text, E'\\x1e', ''), $7::timestamptz[])
      as given (id, instance_id, subscription_key, event_id, event_type, body, received_at)
  ), added as (
    insert into hook_events (id, instance_id, subscription_key, event_id, event_type, body, received_at)
    select id, instance_id, subscription_key, event_id, event_type, body::json, received_at
    from given where instance_id in (select id from instances)
    order by instance_id, event_id, event_type, id
    on conflict do nothing
    returning id, instance_id
  ), asked as (
    insert into pgboss.job_common (id, name, data, priority, start_after, created_on, group_id, expire_seconds,
      deletion_seconds, keep_until, retry_limit, retry_delay, retry_backoff, retry_delay_max, policy, dead_letter,
      heartbeat_seconds, blocked, blocking, pending_dependencies)
    select added.id, q.name, jsonb_build_object('event', added.id), 0, now(), now(), added.instance_id::text,
      q.expire_seconds, q.deletion_seconds, now() + q.retention_seconds * interval '1 second', q.retry_limit,
      q.retry_delay, q.retry_backoff, q.retry_delay_max, q.policy, q.dead_letter, q.heartbeat_seconds, false, false, 0
    from added left join pgboss.queue q on q.name = $8 -- no such queue: refused, as a job without a name
  ), counted as materialized (
    select given.subscription_key as key, count(added.id) as accepted,
      count(*) filter (where given.instance_id is not null and added.id is null) as duplicate,
      count(*) filter (where given.instance_id is null) as refused, max(given.received_at) as at
    from given left join added using (id) group by given.subscription_key
  ), locked as materialized (
    select key from hook_subscriptions where key in (select key from counted) order by key for no key update
  ), noted as (
    update hook_subscriptions s set accepted = s.accepted + counted.accepted,
      duplicate = s.duplicate + counted.duplicate, refused = s.refused + counted.refused,
      last_delivery_at = greatest(s.last_delivery_at, counted.at)
    from counted join locked using (key) where s.key = counted.key
  )
  select array(select id::text from added) as added,
    case when exists (select from added) then pg_notify($9, $8)::text end as announced`;

/** One outcome for each delivery. An event that is known already, or whose instance is gone, is a duplicate. */
export async function storeDeliveries(
  db: Db,
  queue: string,
  deliveries: readonly Delivery[],
): Promise<readonly DeliveryOutcome[]> {
  const ids = deliveries.map(() => newId<HookEventId>());
  const events = deliveries.map(({ event }) => event);
  const result = await db
    .withoutPlugins()
    .executeQuery<{ added: readonly string[] }>(
      CompiledQuery.raw(statement, [
        ids,
        events.map((event) => event?.instanceId ?? null),
        deliveries.map(({ subscriptionKey }) => subscriptionKey),
        events.map((event) => event?.eventId ?? null),
        events.map((event) => event?.eventType ?? null),
        events.map((event) => event?.body ?? "").join(separator),
        deliveries.map(({ at }) => at),
        queue,
        jobChannel,
      ]),
    );
  const added = new Set<string>(result.rows[0]?.added);
  return deliveries.map(({ event }, n) => (!event ? "refused" : added.has(ids[n] ?? "") ? "accepted" : "duplicate"));
}

/** Deliveries that were received, newest first; their content is not shown. */
import { type Static, Type } from "typebox";
import { id } from "../shapes/id.ts";
import { nullable } from "../shapes/nullable.ts";
import { pageOf, pageQuery } from "../shapes/page.ts";
import { time } from "../shapes/time.ts";

export const hookEventsQuery = Type.Object({ ...pageQuery });
export type HookEventsQuery = Partial<Static<typeof hookEventsQuery>>;

const hookEventRow = Type.Object({
  id,
  instanceId: id,
  eventType: Type.String(),
  receivedAt: time,
  state: Type.Enum(["pending", "handled", "ignored", "failed"] as const),
  note: nullable(Type.String()),
});
export type HookEventRow = Static<typeof hookEventRow>;

export const hookEventsAnswer = pageOf(hookEventRow);
export type HookEvents = Static<typeof hookEventsAnswer>;

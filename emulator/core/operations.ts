/** Long-running operations of the organization: they move from `notSet` over `inProgress` to their end on the clock. */
import { randomUUID } from "node:crypto";
import { type Answer, type Call, Refusal, type Route } from "../route.ts";
import { organizationUrl } from "../shapes.ts";
import type { World } from "../world.ts";

/** How long the emulator lets callers wait, of its own time. */
const stepTime = 100;

/** Answers 202 with the operation; `work` happens once it succeeds. */
export function startOperation(call: Call, world: World, work: () => void): Answer {
  const id = randomUUID();
  const { operations } = call.organization;
  operations.set(id, { id, status: "queued" });
  world.clock.after(stepTime, () => {
    operations.set(id, { id, status: "inProgress" });
  });
  world.clock.after(2 * stepTime, () => {
    work();
    operations.set(id, { id, status: "succeeded" });
  });
  return { status: 202, body: { id, status: "notSet", url: urlOf(call, world, id) } };
}

function urlOf(call: Call, world: World, id: string): string {
  return `${organizationUrl(world, call.organization)}/_apis/operations/${id}`;
}

export const operationRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/{organization}/_apis/operations/{operationId}",
    handle(call, world) {
      const id = call.params.operationId?.toLowerCase() ?? "";
      const operation = call.organization.operations.get(id);
      if (!operation) throw new Refusal(404, "OperationNotFoundException", `The operation ${id} was not found.`);
      const url = urlOf(call, world, id);
      return { body: { ...operation, url, _links: { self: { href: url } } } };
    },
  },
];

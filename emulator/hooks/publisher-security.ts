/** Who may see and change subscriptions: project administrators per project, collection administrators for the organization. */
import { mayAct } from "../rights.ts";
import { type Call, Refusal } from "../route.ts";
import type { World } from "../world.ts";

export type HookPermission = "View Subscriptions" | "Edit Subscription" | "Delete Subscription";

export function maySubscribe(call: Pick<Call, "organization" | "user">, projectId: string | undefined): boolean {
  if (!projectId) return mayAct(call.organization, call.user.id, "collection administrators");
  return mayAct(call.organization, call.user.id, "project administrators", projectId.toLowerCase());
}

export function requireHookPermission(
  call: Call,
  world: World,
  projectId: string | undefined,
  permission: HookPermission,
): void {
  if (maySubscribe(call, projectId)) return;
  const resource = projectId ? `PublisherSecurity/${projectId}` : "PublisherSecurity";
  throw new Refusal(
    world.switches.hookRefusalStatus,
    "AccessCheckException",
    `Access Denied: ${call.user.displayName} needs the following permission(s) on the resource ${resource} to perform this action: ${permission}`,
    "Microsoft.VisualStudio.Services.Security.AccessCheckException, Microsoft.VisualStudio.Services.WebApi",
  );
}

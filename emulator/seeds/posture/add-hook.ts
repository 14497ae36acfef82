/** A subscription of the organization's builds, as somebody set it up long ago. */
import { randomUUID } from "node:crypto";
import type { PostureGround } from "./build-ground.ts";

export function addHook(
  { world, organization, projects, administrator }: PostureGround,
  hook: { readonly url: string; readonly acceptsUntrusted: boolean; readonly password?: string },
): void {
  const now = world.clock.now();
  organization.subscriptions.push({
    id: randomUUID(),
    status: "enabled",
    publisherId: "tfs",
    eventType: "build.complete",
    resourceVersion: "1.0",
    consumerId: "webHooks",
    consumerActionId: "httpRequest",
    publisherInputs: {
      projectId: projects.payments.id,
      definitionName: "",
      buildStatus: "",
      tfsSubscriptionId: randomUUID(),
    },
    consumerInputs: {
      url: hook.url,
      acceptUntrustedCerts: String(hook.acceptsUntrusted),
      ...(hook.password ? { basicAuthUsername: "hook", basicAuthPassword: hook.password } : {}),
    },
    createdBy: administrator.id,
    createdDate: now,
    modifiedBy: administrator.id,
    modifiedDate: now,
    probationRetries: 0,
    notifications: [],
  });
}

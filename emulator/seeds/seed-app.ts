/** The demo's app registration in Microsoft Entra ID, with the same id and secret in every run. */
import { createHash } from "node:crypto";
import { addEntraApp } from "../build-tenants.ts";
import type { EntraApp } from "../entra/tenants.ts";
import type { World } from "../world.ts";
import { stableId } from "./stable-id.ts";

/** Everything that Sallyport can make use of. */
const permissions = `User.Read vso.agentpools vso.analytics vso.auditlog vso.build vso.code_write vso.entitlements
vso.extension vso.graph vso.identity vso.memberentitlementmanagement vso.packaging vso.project vso.release
vso.security_manage vso.serviceendpoint vso.taskgroups_write vso.tokens vso.variablegroups_read vso.work_write`;

const callbackPath = "/api/sign-ins/callback";

export function seedApp(world: World): EntraApp {
  const text = createHash("sha512").update("sallyport demo app secret").digest("base64url").replaceAll("-", "x");
  return addEntraApp(world, {
    clientId: stableId("app Sallyport"),
    clientSecret: `${text.slice(0, 3)}${["8", "Q~"].join("")}${text.slice(3, 37)}`,
    displayName: "Sallyport",
    redirectUris: ["localhost", "127.0.0.1"].map((host) => `http://${host}${callbackPath}`),
    permissions: permissions.split(/\s+/),
  });
}

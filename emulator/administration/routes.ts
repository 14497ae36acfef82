/** Routes by which organizations are administered: reports of permissions, licences, the audit log, access tokens. */
import { Refusal, type Route } from "../route.ts";
import { auditLogRoutes } from "./audit-log.ts";
import { permissionReportRoutes } from "./permission-reports.ts";
import { userEntitlementRoutes } from "./user-entitlements.ts";

/** Access tokens are made and listed with an Entra sign-in only; whoever comes with such a token is refused. */
const tokenRoutes: readonly Route[] = (["GET", "POST", "PUT", "DELETE"] as const).map((method) => ({
  method,
  host: "vssps.dev.azure.com",
  path: "/{organization}/_apis/tokens/pats",
  preview: true,
  handle() {
    throw new Refusal(
      401,
      "UnauthorizedRequestException",
      "TF400813: The user is not authorized to access this resource: sign in with Microsoft Entra ID.",
    );
  },
}));

export const routes: readonly Route[] = [
  ...permissionReportRoutes,
  ...userEntitlementRoutes,
  ...auditLogRoutes,
  ...tokenRoutes,
];

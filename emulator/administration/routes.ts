/** Routes by which organizations are administered: reports of permissions, licences, the audit log, access tokens, settings of the organization. */
import type { Route } from "../route.ts";
import { accessTokenRoutes } from "./access-tokens.ts";
import { auditLogRoutes } from "./audit-log.ts";
import { permissionReportRoutes } from "./permission-reports.ts";
import { portalRoutes } from "./portal-settings.ts";
import { tokenAdministrationRoutes } from "./token-administration.ts";
import { userEntitlementRoutes } from "./user-entitlements.ts";

export const routes: readonly Route[] = [
  ...permissionReportRoutes,
  ...userEntitlementRoutes,
  ...auditLogRoutes,
  ...accessTokenRoutes,
  ...tokenAdministrationRoutes,
  ...portalRoutes,
];

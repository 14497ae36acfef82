/** Collectors of what people, resources and the organization hold; those of code and pipelines stand beside it. */
import type { Collector } from "./collector.ts";
import { readAccess } from "./read-access.ts";
import { readAccessTokens } from "./read-access-tokens.ts";
import { readAuditEvents, readAuditStreams } from "./read-audit.ts";
import { readConnections, readConnectionUses } from "./read-connections.ts";
import { readEntitlements } from "./read-entitlements.ts";
import { readExtensions, readTasks } from "./read-extensions.ts";
import { readFeeds } from "./read-feeds.ts";
import { readHooks } from "./read-hooks.ts";
import { readSecureFiles, readTaskGroups, readVariableGroups } from "./read-library.ts";
import { readPeople } from "./read-people.ts";
import { readPermissionsReport } from "./read-permissions-report.ts";
import { readOrganizationPipelines, readOrganizationPolicies } from "./read-portal-settings.ts";
import { readReleases } from "./read-releases.ts";
import { readResourceRoles } from "./read-resource-roles.ts";

/** People come first: whoever is known by then is not asked for again by what names them. */
export const collectorsOfOrganization: readonly Collector[] = [
  { of: "organization", key: "people", read: readPeople },
  { of: "organization", key: "entitlements", read: readEntitlements },
  { of: "organization", key: "feeds", read: readFeeds },
  { of: "organization", key: "extensions", read: readExtensions },
  { of: "organization", key: "tasks", read: readTasks },
  { of: "organization", key: "hooks", read: readHooks },
  { of: "organization", key: "auditStreams", read: readAuditStreams },
  { of: "organization", key: "auditEvents", read: readAuditEvents },
  { of: "organization", key: "accessTokens", after: ["people"], read: readAccessTokens },
  { of: "organization", key: "permissionsReport", read: readPermissionsReport },
  { of: "organization", key: "organizationPolicies", read: readOrganizationPolicies },
  { of: "organization", key: "organizationPipelines", read: readOrganizationPipelines },
  { of: "project", key: "connections", read: readConnections },
  { of: "project", key: "connectionUses", after: ["connections"], read: readConnectionUses },
  { of: "project", key: "variableGroups", read: readVariableGroups },
  { of: "project", key: "secureFiles", read: readSecureFiles },
  { of: "project", key: "taskGroups", read: readTaskGroups },
  { of: "project", key: "releases", read: readReleases },
  { of: "project", key: "resourceRoles", alsoAfter: ["connections", "variableGroups"], read: readResourceRoles },
  { of: "project", key: "access", read: readAccess },
];

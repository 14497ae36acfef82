/** Roles of Google Cloud on projects, folders and organizations: who may do too much. */
import { value, when } from "../../condition.ts";
import { tfResource } from "../../families/examples.ts";
import {
  membersAreNoPersons,
  membersAreNoServiceAccounts,
  membersAreOwnAccounts,
  onGrants,
} from "../../families/google-members.ts";
import { on, type Policy } from "../../policy.ts";

type Level = "project" | "folder" | "organization";

const basicRoles = ["roles/owner", "roles/editor", "roles/viewer"] as const;

/** Roles with which one acts as a service account, or gives oneself the right to. */
const actingRoles = [
  "roles/aiplatform.customCodeServiceAgent",
  "roles/aiplatform.extensionServiceAgent",
  "roles/aiplatform.serviceAgent",
  "roles/apigateway.serviceAgent",
  "roles/apigee.serviceAgent",
  "roles/appengine.serviceAgent",
  "roles/appengineflex.serviceAgent",
  "roles/bigquerycontinuousquery.serviceAgent",
  "roles/bigquerydatatransfer.serviceAgent",
  "roles/bigqueryspark.serviceAgent",
  "roles/cloudbuild.builds.editor",
  "roles/cloudbuild.serviceAgent",
  "roles/cloudconfig.serviceAgent",
  "roles/clouddeploy.serviceAgent",
  "roles/cloudfunctions.serviceAgent",
  "roles/cloudscheduler.serviceAgent",
  "roles/cloudtasks.serviceAgent",
  "roles/composer.serviceAgent",
  "roles/compute.serviceAgent",
  "roles/connectors.serviceAgent",
  "roles/dataflow.developer",
  "roles/dataflow.serviceAgent",
  "roles/dataproc.serviceAgent",
  "roles/deploymentmanager.editor",
  "roles/editor",
  "roles/eventarc.serviceAgent",
  "roles/iam.securityAdmin",
  "roles/iam.serviceAccountAdmin",
  "roles/iam.serviceAccountKeyAdmin",
  "roles/iam.serviceAccountTokenCreator",
  "roles/iam.serviceAccountUser",
  "roles/iam.workloadIdentityUser",
  "roles/integrations.serviceAgent",
  "roles/ml.serviceAgent",
  "roles/notebooks.serviceAgent",
  "roles/owner",
  "roles/pubsub.serviceAgent",
  "roles/run.serviceAgent",
  "roles/serverless.serviceAgent",
  "roles/sourcerepo.serviceAgent",
] as const;

/** How each level names where a grant is made. */
const places = {
  project: `project = "shop"`,
  folder: `folder = "folders/123456"`,
  organization: `org_id = "123456789"`,
} as const satisfies Record<Level, string>;

/** A single grant, for examples. */
function grantOn(level: Level, role: string, member = "group:shop@example.com") {
  return tfResource(`google_${level}_iam_member`, places[level], `role = "${role}"`, `member = "${member}"`);
}

/** A binding of one role to one member, for examples. */
function bindingOn(level: Level, role: string, member = "group:shop@example.com") {
  return tfResource(`google_${level}_iam_binding`, places[level], `role = "${role}"`, `members = ["${member}"]`);
}

/** `on` and examples of a policy that refuses these roles on a level. */
function withoutRoles(level: Level, roles: readonly [string, ...string[]]): Pick<Policy, "on" | "examples"> {
  return {
    on: on(
      [`tf:google_${level}_iam_member`, `tf:google_${level}_iam_binding`],
      value("role", { missing: "none" }).not(...roles),
    ),
    examples: {
      bad: [grantOn(level, roles[0]), bindingOn(level, roles[0])],
      good: [grantOn(level, "roles/logging.viewer"), bindingOn(level, "roles/logging.viewer")],
    },
  };
}

const basic = "https://cloud.google.com/iam/docs/roles-overview#basic";
const accounts = "https://cloud.google.com/iam/docs/best-practices-service-accounts";

const basicRole = (level: Level): Pick<Policy, "controls" | "why" | "fix" | "links" | "on" | "examples"> => ({
  controls: "least-privilege",
  why: `Owner, editor and viewer reach nearly every service of the ${level}: one stolen account is enough for all of it.`,
  fix: "Replace the basic role with the predefined roles that are needed, or with a custom role.",
  links: [basic],
  ...withoutRoles(level, basicRoles),
});

const actingRole = (level: Level): Pick<Policy, "controls" | "why" | "fix" | "links" | "on" | "examples"> => ({
  controls: "least-privilege",
  why: `With this role one acts as any service account of the ${level}, and so gets the rights of the strongest.`,
  fix: "Grant the role on the one service account that is meant, or take a role that cannot act as others.",
  links: [accounts],
  ...withoutRoles(level, ["roles/iam.serviceAccountTokenCreator", ...actingRoles]),
});

const given = "serviceAccount:123456789-compute@developer.gserviceaccount.com";
const own = "serviceAccount:shop@example-project.iam.gserviceaccount.com";

const defaultAccount = (
  level: Level,
): Pick<Policy, "severity" | "controls" | "why" | "fix" | "links" | "on" | "examples"> => ({
  severity: "medium",
  controls: "least-privilege",
  why: "Machines and functions use the default account unless told otherwise: whoever gets into any of them has this role.",
  fix: "Create a service account for each workload and give the role to that.",
  links: [accounts],
  on: onGrants([`google_${level}`], membersAreOwnAccounts),
  examples: {
    bad: [
      grantOn(level, "roles/logging.viewer", given),
      bindingOn(level, "roles/logging.viewer", "serviceAccount:shop@appspot.gserviceaccount.com"),
    ],
    good: [grantOn(level, "roles/logging.viewer", own), bindingOn(level, "roles/logging.viewer", own)],
  },
});

export const policies: readonly Policy[] = [
  {
    id: "iac/google-organization-grants-basic-role",
    aliases: ["CKV_GCP_115"],
    title: "Basic role is granted on the whole organization",
    severity: "high",
    ...basicRole("organization"),
  },
  {
    id: "iac/google-folder-grants-basic-role",
    aliases: ["CKV_GCP_116"],
    title: "Basic role is granted on a whole folder",
    severity: "high",
    ...basicRole("folder"),
  },
  {
    id: "iac/google-project-grants-basic-role",
    aliases: ["CKV_GCP_117"],
    title: "Basic role is granted on the project",
    severity: "medium",
    ...basicRole("project"),
  },
  {
    id: "iac/google-organization-grants-acting-as-accounts",
    aliases: ["CKV_GCP_45", "AVD-GCP-0009"],
    title: "Somebody may act as every service account of the organization",
    severity: "high",
    ...actingRole("organization"),
  },
  {
    id: "iac/google-folder-grants-acting-as-accounts",
    aliases: ["CKV_GCP_44", "AVD-GCP-0005"],
    title: "Somebody may act as every service account of a folder",
    severity: "high",
    ...actingRole("folder"),
  },
  {
    id: "iac/google-project-grants-acting-as-accounts",
    aliases: ["CKV_GCP_49"],
    title: "Somebody may act as every service account of the project",
    severity: "medium",
    ...actingRole("project"),
  },
  {
    id: "iac/google-project-grants-use-of-all-accounts",
    aliases: ["CKV_GCP_41", "AVD-GCP-0011"],
    title: "Role to use service accounts is granted on the project",
    severity: "medium",
    controls: "least-privilege",
    why: "Its holder starts machines as, or makes tokens for, any service account of the project, also the strongest.",
    fix: "Grant the role with `google_service_account_iam_member` on the account that is meant.",
    links: [accounts],
    ...withoutRoles("project", ["roles/iam.serviceAccountUser", "roles/iam.serviceAccountTokenCreator"]),
  },
  {
    id: "iac/google-organization-grants-to-default-account",
    aliases: ["CKV_GCP_47", "AVD-GCP-0008"],
    title: "Default service account has a role on the organization",
    ...defaultAccount("organization"),
  },
  {
    id: "iac/google-folder-grants-to-default-account",
    aliases: ["CKV_GCP_48", "AVD-GCP-0004"],
    title: "Default service account has a role on a folder",
    ...defaultAccount("folder"),
  },
  {
    id: "iac/google-project-grants-to-default-account",
    aliases: ["CKV_GCP_46", "AVD-GCP-0006"],
    title: "Default service account has a role on the project",
    ...defaultAccount("project"),
  },
  {
    id: "iac/google-service-account-is-administrator",
    aliases: ["CKV_GCP_42", "AVD-GCP-0007"],
    title: "Service account is administrator of the project",
    severity: "high",
    controls: "least-privilege",
    why: "Whoever gets into the workload, or finds a key of the account, takes over the project.",
    fix: "Give the account just the roles that its workload needs, on the resources that it uses.",
    links: [accounts],
    on: onGrants(
      ["google_project"],
      when(value("role").matches(/admin$|\/(?:editor|owner)$/i), membersAreNoServiceAccounts),
    ),
    examples: {
      bad: [grantOn("project", "roles/owner", own), bindingOn("project", "roles/storage.admin", own)],
      good: [grantOn("project", "roles/storage.objectViewer", own), grantOn("project", "roles/editor")],
    },
  },
  {
    id: "iac/google-role-granted-to-single-person",
    aliases: ["AVD-GCP-0003"],
    title: "Role is granted to a single person",
    severity: "low",
    controls: "governance",
    why: "Rights given person by person stay when people leave or change teams, and nobody sees who has what.",
    fix: "Grant the role to a Google group, and make people members of it.",
    links: ["https://cloud.google.com/iam/docs/groups-best-practices"],
    on: onGrants(["google_project", "google_folder", "google_organization"], membersAreNoPersons),
    examples: {
      bad: [
        grantOn("project", "roles/logging.viewer", "user:jane@example.com"),
        bindingOn("folder", "roles/logging.viewer", "user:jane@example.com"),
      ],
      good: [grantOn("project", "roles/logging.viewer"), bindingOn("organization", "roles/logging.viewer", own)],
    },
  },
];

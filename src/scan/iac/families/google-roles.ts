/** Roles of Google Cloud that are more than a policy wants to see granted on a project, a folder or an organization. */
import { value } from "../condition.ts";
import { on, type Policy } from "../policy.ts";
import { tfResource } from "./examples.ts";

type Level = "project" | "folder" | "organization";

export const basicRoles = ["roles/owner", "roles/editor", "roles/viewer"] as const;

/** Roles with which one acts as a service account, or gives oneself the right to. */
export const actingRoles = [
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
export function grantOn(level: Level, role: string, member = "group:shop@example.com") {
  return tfResource(`google_${level}_iam_member`, places[level], `role = "${role}"`, `member = "${member}"`);
}

/** A binding of one role to one member, for examples. */
export function bindingOn(level: Level, role: string, member = "group:shop@example.com") {
  return tfResource(`google_${level}_iam_binding`, places[level], `role = "${role}"`, `members = ["${member}"]`);
}

/** `on` and examples of a policy that refuses these roles on a level. */
export function withoutRoles(level: Level, roles: readonly [string, ...string[]]): Pick<Policy, "on" | "examples"> {
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

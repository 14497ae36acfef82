/** Secure files and environments: who may use them, and whether somebody looks before something is deployed. */
import type { PostureAnswer } from "#model/posture/posture-result.ts";
import type { CheckFact, EnvironmentFact } from "#model/posture/resource-facts.ts";
import { checksOf, sayCheck } from "../../facts/checks-of.ts";
import { answerOnOpen } from "../../facts/open-to-all.ts";
import { isProduction } from "../../facts/production.ts";
import { environmentResource, secureFileResource } from "../../facts/resources-of.ts";
import type { PostureContext } from "../../posture-context.ts";
import { fail, onProjects, type PostureRule, pass } from "../../posture-rule.ts";
import {
  exampleApproval,
  exampleBranchControl,
  exampleCheck,
  exampleEnvironment,
  examplePermission,
} from "../../resource-examples.ts";

const approvals = "https://learn.microsoft.com/azure/devops/pipelines/process/approvals";
const signingKey = { id: "f0000000-1111-4111-8111-111111111111", name: "signing.pfx" };

export const rules: readonly PostureRule[] = [
  onProjects({
    id: "cicd/secure-file-open-to-all-pipelines",
    aliases: ["ado-sf-open", "ADO_SecureFile_AuthZ_Dont_Grant_All_Pipelines_Access"],
    category: "resource",
    title: "A secure file is open to every pipeline",
    severity: "high",
    risks: ["CICD-SEC-5"],
    why: "Signing keys and profiles are downloaded by whoever may add or change any pipeline of the project.",
    abuse: "A contributor adds a pipeline with the task DownloadSecureFile and publishes the key as an artifact.",
    fix: 'Pipelines > Library > Secure files > the file > Pipeline permissions > "Restrict permission": add the pipelines that need it, and add branch control.',
    links: ["https://learn.microsoft.com/azure/devops/pipelines/library/secure-files"],
    needs: ["secureFiles", "pipelinePermissions"],
    checkProject: ({ secureFiles, pipelinePermissions, project, organization }, context) =>
      secureFiles.map((file) => {
        const resource = secureFileResource(file, project, organization);
        const fix = `Pipelines > Library > Secure files > ${file.name} > Pipeline permissions: restrict it to the pipelines that use it.`;
        const asked = {
          permissions: pipelinePermissions,
          kind: "secure-file" as const,
          resource,
          project,
          organization,
        };
        return { resource, answer: answerOnOpen({ ...asked, severity: "high", isPrize: false, fix }, context) };
      }),
    examples: {
      bad: [
        {
          project: {
            secureFiles: [signingKey],
            pipelinePermissions: [examplePermission("secure-file", signingKey.id, true)],
          },
        },
      ],
      good: [
        {
          project: {
            secureFiles: [signingKey],
            pipelinePermissions: [examplePermission("secure-file", signingKey.id, false)],
          },
        },
      ],
    },
  }),
  onProjects({
    id: "cicd/environment-without-approval",
    aliases: ["ado-env-no-approval", "ADO-E-002", "ADO_Environment_AuthZ_Enable_PreDeployment_Approval"],
    category: "resource",
    title: "Production is deployed to without anybody's approval",
    severity: "high",
    risks: ["CICD-SEC-1"],
    why: "A run that somebody took over deploys to production, and nobody sees it before it has happened.",
    abuse: "Somebody gets a change into a pipeline that deploys there; the next run brings it to production.",
    fix: 'Pipelines > Environments > the environment > "Approvals and checks": add "Approvals" with a small group that does not write the code.',
    links: [approvals],
    needs: ["environments", "checks"],
    checkProject: ({ environments, checks, project }, context) =>
      environments.map((environment) => ({
        resource: environmentResource(environment, project),
        answer: approved(environment, checks, context),
      })),
    examples: {
      bad: [
        { project: { environments: [exampleEnvironment("production")], checks: [] } },
        {
          project: {
            environments: [exampleEnvironment("payments-prod")],
            checks: [
              exampleCheck("environment", "5", exampleBranchControl()),
              exampleCheck("environment", "5", exampleApproval(), { isEnabled: false }),
            ],
          },
        },
      ],
      good: [
        {
          project: {
            environments: [exampleEnvironment("production")],
            checks: [exampleCheck("environment", "5", exampleApproval())],
          },
        },
        { project: { environments: [exampleEnvironment("dev"), exampleEnvironment("non-prod", 6)], checks: [] } },
      ],
    },
  }),
  onProjects({
    id: "cicd/environment-open-to-all-pipelines",
    aliases: ["ado-env-open", "ADO_Environment_AuthZ_Dont_Grant_All_Pipelines_Access"],
    category: "resource",
    title: "An environment is open to every pipeline",
    severity: "medium",
    risks: ["CICD-SEC-5"],
    why: "Any pipeline of the project may deploy there and use the clusters and machines of the environment.",
    abuse:
      "A contributor adds a pipeline with a deployment job for this environment and runs commands on its machines.",
    fix: 'Pipelines > Environments > the environment > Security > Pipeline permissions > "Restrict permission": add the pipelines that deploy there.',
    links: ["https://learn.microsoft.com/azure/devops/pipelines/process/environments"],
    needs: ["environments", "pipelinePermissions"],
    checkProject: ({ environments, pipelinePermissions, project, organization }, context) =>
      environments.map((environment) => {
        const resource = environmentResource(environment, project);
        const fix = `Pipelines > Environments > ${environment.name} > Security > Pipeline permissions: restrict it to the pipelines that deploy there.`;
        const asked = {
          permissions: pipelinePermissions,
          kind: "environment" as const,
          resource,
          project,
          organization,
        };
        const weight = isProduction(environment.name, context.settings.productionWords)
          ? { severity: "medium" as const, isPrize: true }
          : { severity: "low" as const, severityBecause: "its name does not say production", isPrize: false };
        return { resource, answer: answerOnOpen({ ...asked, ...weight, fix }, context) };
      }),
    examples: {
      bad: [
        {
          project: {
            environments: [exampleEnvironment("production")],
            pipelinePermissions: [examplePermission("environment", "5", true)],
          },
        },
      ],
      good: [
        {
          project: {
            environments: [exampleEnvironment("production")],
            pipelinePermissions: [examplePermission("environment", "5", false)],
          },
        },
      ],
    },
  }),
];

function approved(
  { id, name, url }: EnvironmentFact,
  checks: readonly CheckFact[],
  { settings }: PostureContext,
): PostureAnswer {
  const own = checksOf(checks, "environment", `${id}`);
  if (!isProduction(name, settings.productionWords) || own.some(({ settings: { is } }) => is === "approval"))
    return pass;
  const said = own.map(sayCheck).join(", ");
  const manual = own.find(
    (check) => check.settings.is === "other" && /manual|approv|servicenow/i.test(check.settings.name),
  );
  const why =
    own.length === 0
      ? "no check stands before a deployment"
      : `nobody has to approve a deployment; there is only ${said}`;
  return fail(manual ? "medium" : "high", why, {
    ...(manual && { severityBecause: `${sayCheck(manual)} may wait for people; what it asks is not known` }),
    evidence: [{ what: `checks of environment ${id} (${name}): ${own.length === 0 ? "none is enabled" : said}`, url }],
  });
}

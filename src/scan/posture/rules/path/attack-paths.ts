/** Ways from who somebody is to what matters, each proved edge by edge, with the setting that ends it. */
import { answersOfPaths } from "../../paths/answers-of-paths.ts";
import { examplePath, settledOrganization } from "../../paths/path-example.ts";
import { decidingOfOrganization, decidingOfProject } from "../../paths/path-gaps.ts";
import { pathRules } from "../../paths/path-rules.ts";
import type { PostureRule } from "../../posture-rule.ts";

const needs = [...decidingOfProject, ...decidingOfOrganization] as const;
const links = ["https://learn.microsoft.com/azure/devops/pipelines/process/approvals"];

export const rules: readonly PostureRule[] = [
  {
    id: pathRules.cloud,
    aliases: ["ado-path-contributor-to-cloud", "attack-paths"],
    category: "path",
    title: "People who may only push reach a cloud account, secrets or production",
    severity: "critical",
    risks: ["CICD-SEC-4", "CICD-SEC-5"],
    why: "Each step is allowed and looks harmless; together they make everybody who writes code an administrator of what the pipeline deploys to.",
    abuse:
      "Somebody pushes a branch whose pipeline file says what they like, lets it run, and acts with the account behind the service connection, before anybody has seen the change.",
    fix: "End the marked edge: mostly branch control with “Verify branch protection”, or an approval by others, on the service connection, variable group, environment or pool.",
    links,
    needs,
    check: (facts, context) => answersOfPaths(facts, context, { id: pathRules.cloud, severity: "critical" }),
    examples: { bad: [{ paths: [examplePath("cloud")] }], good: [settledOrganization] },
  },
  {
    id: pathRules.project,
    aliases: ["ado-path-project-to-project"],
    category: "path",
    title: "Who works on one project gets into others",
    severity: "high",
    risks: ["CICD-SEC-5"],
    why: "The least guarded project decides how safe all others are.",
    abuse:
      "Somebody who may write to a small project uses what it shares with others: the token of its jobs, machines that keep what a job leaves behind, an account, a template or a feed.",
    fix: "Limit the job authorization scope to the project, give projects pools and connections of their own, and have templates and feeds written by few.",
    links: ["https://learn.microsoft.com/azure/devops/pipelines/process/access-tokens"],
    needs,
    check: (facts, context) => answersOfPaths(facts, context, { id: pathRules.project, severity: "high" }),
    examples: {
      bad: [
        { paths: [examplePath("project", { severity: "high", target: { kind: "project", id: "p2", name: "Shop" } })] },
      ],
      good: [settledOrganization],
    },
  },
  {
    id: pathRules.outsider,
    aliases: ["ado-path-outsider-to-code-exec"],
    category: "path",
    title: "Somebody without an account runs code that holds secrets or sits on own machines",
    severity: "critical",
    risks: ["CICD-SEC-4"],
    why: "Anybody on the internet is enough, and nobody has to make a mistake.",
    abuse:
      "Somebody opens a pull request from a fork, or sends a request to the address of a webhook, and what they send runs with the secrets of the pipeline.",
    fix: "Close the entry: a secret on the webhook, a team member's comment before forks are built, and no secrets for builds of forks.",
    links: ["https://learn.microsoft.com/azure/devops/pipelines/repos/github#contributions-from-forks"],
    needs,
    check: (facts, context) => answersOfPaths(facts, context, { id: pathRules.outsider, severity: "critical" }),
    examples: {
      bad: [
        {
          paths: [
            examplePath("outsider", { entry: { kind: "identity", id: "outsiders", name: "anybody outside contoso" } }),
          ],
        },
      ],
      good: [settledOrganization],
    },
  },
];

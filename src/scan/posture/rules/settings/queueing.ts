/** What people may give to a pipeline, start without meaning to, or create beside the code. */
import { settingRule } from "../../makers/setting-rule.ts";
import type { PostureRule } from "../../posture-rule.ts";

export const rules: readonly PostureRule[] = [
  settingRule({
    id: "cicd/settings-any-variable-at-queue-time",
    aliases: ["ado-set-queue-variables-open", "ADO-PLS-001"],
    title: "Any variable can be set by whoever queues a run",
    severity: "medium",
    risks: ["CICD-SEC-4"],
    why: "The right to start a pipeline becomes the right to change what it does: paths, versions, addresses, even variables of the system.",
    abuse:
      "Somebody who may only queue runs sets a variable that a script puts into a command, and the command runs with the pipeline's connections.",
    links: ["https://learn.microsoft.com/azure/devops/pipelines/security/inputs"],
    settings: [{ name: "enforceSettableVar", label: "Limit variables that can be set at queue time" }],
    ofOrganization: "enforceSettableVar",
    says: "whoever queues a run may set every variable, not only those that are meant to be set",
    examples: {
      bad: [{ project: { generalSettings: { enforceSettableVar: false } } }],
      good: [
        { project: { generalSettings: { enforceSettableVar: true } } },
        {
          organization: { organizationPipelines: { enforceSettableVar: true } },
          project: { generalSettings: { enforceSettableVar: false } },
        },
      ],
    },
  }),
  settingRule({
    id: "cicd/settings-shell-arguments-unchecked",
    aliases: ["ado-set-shell-arg-validation-off", "ADO-PLS-007"],
    title: "Arguments of shell tasks are not checked for commands",
    severity: "medium",
    risks: ["CICD-SEC-4"],
    why: "Text that people choose at queue time or in a branch name can end an argument and begin a command of its own.",
    abuse:
      'Somebody queues a run with a value such as "; command", which a task pastes into the arguments of its script.',
    links: ["https://learn.microsoft.com/azure/devops/pipelines/security/inputs"],
    settings: [{ name: "enableShellTasksArgsSanitizing", label: "Enable shell tasks arguments validation" }],
    says: "built-in shell tasks take arguments with characters that a shell understands as commands",
    examples: {
      bad: [{ project: { generalSettings: { enableShellTasksArgsSanitizing: false } } }],
      good: [{ project: { generalSettings: { enableShellTasksArgsSanitizing: true } } }],
    },
  }),
  settingRule({
    id: "cicd/settings-missing-trigger-means-all-branches",
    aliases: ["ado-set-implied-ci-trigger"],
    title: "A pipeline without a trigger runs for every branch",
    severity: "low",
    risks: ["CICD-SEC-4"],
    why: "Who forgets the trigger in a YAML file lets any pushed branch, reviewed or not, run with what the pipeline may use.",
    abuse: "Somebody pushes a branch with another script to a repository whose pipeline says nothing about triggers.",
    links: ["https://learn.microsoft.com/azure/devops/pipelines/yaml-schema/trigger"],
    settings: [{ name: "disableImpliedYAMLCiTrigger", label: "Disable implied YAML CI trigger" }],
    says: "a YAML file that says nothing about triggers runs for every branch that is pushed",
    examples: {
      bad: [{ project: { generalSettings: { disableImpliedYAMLCiTrigger: false } } }],
      good: [{ project: { generalSettings: { disableImpliedYAMLCiTrigger: true } } }],
    },
  }),
  settingRule({
    id: "cicd/settings-badges-public",
    aliases: ["ado-set-public-badges", "ADO-PLS-008"],
    title: "Status badges are open to everybody",
    severity: "low",
    risks: ["CICD-SEC-10"],
    why: "People without an account see which pipelines there are and when they fail.",
    abuse: "Somebody outside asks for the badges of one pipeline after another and learns when a release goes wrong.",
    links: ["https://learn.microsoft.com/azure/devops/pipelines/create-first-pipeline"],
    settings: [{ name: "statusBadgesArePrivate", label: "Disable anonymous access to badges" }],
    says: "anybody may ask for the status of pipelines without signing in",
    examples: {
      bad: [{ project: { generalSettings: { statusBadgesArePrivate: false } } }],
      good: [{ project: { generalSettings: { statusBadgesArePrivate: true } } }],
    },
  }),
];

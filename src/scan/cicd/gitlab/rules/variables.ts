/** Variables that make logs tell more than they should. */
import { child, itemsOf, type Node } from "../../../formats/node.ts";
import type { Hit } from "../../cicd-rule.ts";
import type { GitlabRule } from "../gitlab-rule.ts";

export const debugTrace: GitlabRule = {
  id: "cicd/gitlab-debug-trace",
  aliases: ["gl-debug-trace", "poutine:debug_enabled"],
  title: "Job logs show every command and variable",
  severity: "low",
  risks: ["CICD-SEC-10"],
  why: "CI_DEBUG_TRACE prints all variables of the job into its log, secrets too where they are not masked.",
  abuse: "Somebody who may read job logs finds the deployment key among the variables.",
  fix: "Remove the variable from the file; to look into one job, set it when you run the pipeline by hand, and delete that log.",
  links: ["https://docs.gitlab.com/ci/variables/variables_troubleshooting/"],
  check: ({ parts, body: file }) => {
    const own = parts.flatMap(({ body, address }) => [
      ...switchedOn(body, address, "in every pipeline"),
      ...byRules(body, address),
    ]);
    return [...own, ...byRules(child(file, "workflow"), "workflow")];
  },
  examples: {
    bad: [
      'variables:\n  CI_DEBUG_TRACE: "true"\na:\n  script: [make]\n',
      "a:\n  variables: { CI_DEBUG_TRACE: true }\n  script: [make]\n",
      'workflow:\n  rules:\n    - if: $CI_COMMIT_TAG\n      variables: { CI_DEBUG_TRACE: "true" }\na:\n  script: [make]\n',
      'variables:\n  CI_DEBUG_SERVICES:\n    value: "true"\na:\n  script: [make]\n',
    ],
    good: ['variables:\n  CI_DEBUG_TRACE: "false"\na:\n  script: [make]\n'],
  },
};

function byRules(body: Node | undefined, address: string): readonly Hit[] {
  return itemsOf(child(body, "rules")).flatMap((rule) => switchedOn(rule, address, "wherever this rule fits"));
}

function switchedOn(body: Node, address: string, where: string): readonly Hit[] {
  const variables = child(body, "variables");
  if (variables?.is !== "block") return [];
  return ["CI_DEBUG_TRACE", "CI_DEBUG_SERVICES"].flatMap((name): readonly Hit[] => {
    const member = variables.get(name);
    const value = member?.value.is === "block" ? child(member.value, "value") : member?.value;
    if (!member || value?.is !== "scalar" || !/^(?:true|1|yes)$/i.test(String(value.value).trim())) return [];
    const at = { ...member.whole, start: member.key.start };
    return [{ at, address: `${address}/${name}`, why: `${name} is on ${where}` }];
  });
}

/** Variables that make logs tell more than they should. */
import { type Block, child, itemsOf } from "../../../formats/node.ts";
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
  check: ({ parts }) =>
    parts.flatMap(({ body, address }) => {
      const rules = itemsOf(child(body, "rules"));
      return [body, ...rules].flatMap((one) => (one.is === "block" ? switchedOn(one, address) : []));
    }),
  examples: {
    bad: [
      'variables:\n  CI_DEBUG_TRACE: "true"\na:\n  script: [make]\n',
      "a:\n  variables: { CI_DEBUG_TRACE: true }\n  script: [make]\n",
      'variables:\n  CI_DEBUG_SERVICES:\n    value: "true"\na:\n  script: [make]\n',
    ],
    good: ['variables:\n  CI_DEBUG_TRACE: "false"\na:\n  script: [make]\n'],
  },
};

function switchedOn(body: Block, address: string): readonly Hit[] {
  const variables = child(body, "variables");
  if (variables?.is !== "block") return [];
  return ["CI_DEBUG_TRACE", "CI_DEBUG_SERVICES"].flatMap((name): readonly Hit[] => {
    const member = variables.get(name);
    const value = member?.value.is === "block" ? child(member.value, "value") : member?.value;
    if (!member || value?.is !== "scalar" || !/^(?:true|1|yes)$/i.test(String(value.value).trim())) return [];
    const at = { ...member.whole, start: member.key.start };
    return [{ at, address: `${address}/${name}`, why: `${name} is on in every pipeline` }];
  });
}

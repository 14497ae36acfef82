/** One step: which of its texts are run by which shell, and which name connections and secure files. */
import {
  type MapNode,
  type PipelineNode,
  type ScalarNode,
  textAt,
  textOf,
  valueAt,
} from "../../formats/azure-pipeline/source-node.ts";
import type { Job, Script, Shell, Step } from "./pipeline.ts";
import { taskFacts } from "./task-facts.ts";

const shells: Readonly<Record<string, Shell>> = {
  script: "any",
  bash: "posix",
  pwsh: "powershell",
  powershell: "powershell",
};
const kinds: Readonly<Record<string, Step["is"]>> = {
  script: "script",
  bash: "script",
  pwsh: "script",
  powershell: "script",
  task: "task",
  checkout: "checkout",
  download: "download",
  downloadbuild: "download",
  getpackage: "download",
  publish: "publish",
};
/** Of tasks that nobody knows: what such inputs are called everywhere. */
const scriptInput =
  /^(?:script|inlinescript|inline|arguments|args|scriptarguments|command|commands|commandoptions|commandline|customcommand|runoptions|powershellscript)$|script(?:block|s)?$/i;
const notText = /(?:type|location|path|source|method|folder|file|extension)$/i;

interface ReadingJob {
  /** Counts the steps of the job that have no name. */
  readonly seen: Map<string, number>;
  readonly taskInputs: ReadonlyMap<string, readonly string[]>;
}

export function readStep(node: MapNode, job: Job, { seen, taskInputs }: ReadingJob): Step {
  const first = node.entries.find(({ key }) => Object.hasOwn(kinds, key.text.toLowerCase()));
  const key = first?.key.text.toLowerCase() ?? "";
  const task = key === "task" ? taskOf(first?.value) : undefined;
  const inputs = valueAt(node, "inputs");
  const facts = task && taskFacts(task.name, task.version.split(".")[0] ?? "");
  const named = (names: readonly string[]): readonly ScalarNode[] => {
    const found = names.map((name) => valueAt(inputs, name)).find((one) => one?.is === "scalar" && one.value !== null);
    return found?.is === "scalar" ? [found] : [];
  };
  const listed = task && listedInputs(task.name.toLowerCase(), taskInputs)?.map((input) => [input]);
  const connections = [...(facts?.connections ?? (listed ? [] : unknownConnections)), ...(listed ?? [])];
  return {
    ...{ is: kinds[key] ?? "other", job, node, task },
    address: `${job.address}/${nameOf(node, task?.name ?? (key || "step"), seen)}`,
    scripts: task ? scriptsOfTask(task.name, inputs, facts?.scripts) : scriptsOfKey(key, first?.value),
    env: envOf(node),
    connections: [...new Set(connections.flatMap(named))],
    secureFiles: (facts?.files ?? []).flatMap((name) => named([name])),
  };
}

/** A task may be named in full: `publisher.extension.contribution.Task`. */
function listedInputs(name: string, inputs: ReadingJob["taskInputs"]): readonly string[] | undefined {
  return inputs.get(name) ?? inputs.get(name.slice(name.lastIndexOf(".") + 1));
}

/** What tasks of others mostly call theirs. */
const unknownConnections: readonly (readonly string[])[] = [
  ["azureSubscription", "connectedServiceName", "connectedServiceNameARM"],
  ["serviceConnection", "serviceEndpoint"],
  ["awsCredentials"],
];

function taskOf(node: PipelineNode | undefined): Step["task"] {
  const text = textOf(node) ?? "";
  const at = text.lastIndexOf("@");
  if (!node) return undefined;
  return { name: at < 0 ? text : text.slice(0, at), version: at < 0 ? "" : text.slice(at + 1), at: node };
}

function nameOf(node: MapNode, kind: string, seen: Map<string, number>): string {
  const name = textAt(node, "name");
  if (name !== undefined) return name;
  const label = textAt(node, "displayName")?.slice(0, 80).replaceAll("/", "-") ?? kind;
  const count = (seen.get(label) ?? 0) + 1;
  seen.set(label, count);
  return count === 1 ? label : `${label} ${count}`;
}

function scriptsOfKey(key: string, value: PipelineNode | undefined): readonly Script[] {
  const shell = shells[key];
  return shell && value?.is === "scalar" && value.value !== null ? [{ node: value, shell, isBody: true }] : [];
}

function scriptsOfTask(
  name: string,
  inputs: PipelineNode | undefined,
  known: readonly string[] | undefined,
): readonly Script[] {
  if (inputs?.is !== "map") return [];
  const wanted = known?.map((one) => one.toLowerCase());
  const shell = shellOfTask(name, inputs);
  const isFromFile = /^(?:filepath|scriptpath)$/i.test(
    textAt(inputs, "targetType") ??
      textAt(inputs, "scriptLocation") ??
      textAt(inputs, "scriptSource") ??
      textAt(inputs, "scriptType") ??
      "",
  );
  return inputs.entries.flatMap(({ key, value }): readonly Script[] => {
    if (value.is !== "scalar" || value.value === null) return [];
    const input = key.text.toLowerCase();
    const isScript = wanted?.includes(input) ?? (scriptInput.test(input) && !notText.test(input));
    const isAny = isScript || (scriptInput.test(input) && !notText.test(input) && value.text.includes("\n"));
    if (!isAny) return [];
    const isBody = /script|inline/.test(input) && !/arg/.test(input);
    return isBody && isFromFile ? [] : [{ node: value, shell, isBody }];
  });
}

function shellOfTask(name: string, inputs: MapNode): Shell {
  if (/^(?:bash|shellscript)$/i.test(name)) return "posix";
  if (/python/i.test(name)) return "python";
  const type = textAt(inputs, "scriptType")?.toLowerCase();
  if (type === "bash") return "posix";
  if (type === "batch" || /^(?:batchscript|cmdline)$/i.test(name))
    return name.toLowerCase() === "cmdline" ? "any" : "cmd";
  return /powershell/i.test(name) || type === "ps" || type === "pscore" ? "powershell" : "any";
}

function envOf(node: MapNode): Step["env"] {
  const env = valueAt(node, "env");
  if (env?.is !== "map") return [];
  return env.entries.flatMap(({ key, value }) => (value.is === "scalar" ? [{ name: key.text, value }] : []));
}

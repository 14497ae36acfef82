/** Tasks that a pipeline runs, those behind short forms too: in which version, and whose they are. */
import type { TaskFact } from "#model/posture/organization-settings.ts";
import type { Pipeline, Step } from "../../cicd/azure/pipeline.ts";
import { isBuiltInTask } from "../../cicd/azure/task-facts.ts";
import type { FoundItem } from "./item-list.ts";
import type { Definition, PipelineCode } from "./read-code.ts";
import { valuesOf } from "./resources-by-name.ts";
import { certaintyIn } from "./script-items.ts";

export function* taskItems(
  { organization }: Definition,
  { steps }: Pipeline,
  code: PipelineCode,
): Generator<FoundItem> {
  const known = valuesOf(organization.tasks);
  const byName = new Map(
    known.flatMap((task) => [task.name, task.id].map((one) => [one.toLowerCase(), task] as const)),
  );
  for (const step of steps) {
    const task = step.task ?? keywordTask(step);
    if (!task) continue;
    const { name, version, at } = task;
    const fact = byName.get(name.toLowerCase()) ?? byName.get(name.slice(name.lastIndexOf(".") + 1).toLowerCase());
    const publisher = publisherOf(name, fact);
    yield {
      ...{
        kind: "task",
        name: fact?.name ?? name,
        version: versionOf(version, fact),
        isMutable: !/^\d+\.\d+\.\d+$/.test(version),
      },
      ...(publisher !== undefined && { from: publisher }),
      ...(fact && { id: fact.id }),
      ...{ certainty: certaintyIn(step), job: step.job.address, evidence: [code.evidenceOf(at.at)] },
    };
  }
}

const keywords: Readonly<Record<string, readonly [string, string]>> = {
  script: ["CmdLine", "2"],
  bash: ["Bash", "3"],
  pwsh: ["PowerShell", "2"],
  powershell: ["PowerShell", "2"],
  publish: ["PublishPipelineArtifact", "1"],
  download: ["DownloadPipelineArtifact", "2"],
};

/** `bash:` and its like are tasks, too. */
function keywordTask({ node }: Step): Step["task"] {
  const first = node.entries.find(({ key }) => Object.hasOwn(keywords, key.text.toLowerCase()));
  const found = first && keywords[first.key.text.toLowerCase()];
  return found && { name: found[0], version: found[1], at: first.key };
}

function publisherOf(name: string, fact: TaskFact | undefined): string | undefined {
  if (fact) return fact.extension ?? "Microsoft";
  if (isBuiltInTask(name)) return "Microsoft";
  const [publisher, extension, ...rest] = name.split(".");
  return rest.length > 0 ? `${publisher}.${extension}` : undefined;
}

/** What `@2` is now, where the organization's list says it. */
function versionOf(written: string, fact: TaskFact | undefined): string {
  if (!fact || !/^\d+$/.test(written)) return written;
  const own = fact.versions.filter((one) => one.startsWith(`${written}.`)).toSorted(byNumbers);
  const newest = own.at(-1);
  return newest === undefined ? written : `${written} (${newest})`;
}

export function byNumbers(a: string, b: string): number {
  return a.localeCompare(b, "en", { numeric: true });
}

export function* classicTaskItems({ definition, organization }: Definition): Generator<FoundItem> {
  const byId = new Map(valuesOf(organization.tasks).map((task) => [task.id.toLowerCase(), task]));
  for (const { name, taskId, version, isTaskGroup, isEnabled } of definition.steps) {
    if (!isEnabled) continue;
    const fact = byId.get(taskId.toLowerCase());
    const from = isTaskGroup ? "task group" : fact && publisherOf(fact.name, fact);
    yield {
      ...{ kind: "task", name: fact?.name ?? name, version, isMutable: !/^\d+\.\d+\.\d+$/.test(version), id: taskId },
      ...(from !== undefined && { from }),
      certainty: "authorised",
      evidence: [{ what: `definition ${definition.id}: step ${name}`, url: definition.url }],
    };
  }
}

/**
 * Holds our own way of putting a pipeline together against that of Azure DevOps: both as it runs with its defaults, step by
 * step, as a multiset for each job. What differs is a gap in words, for then something was judged that does not run, or the
 * other way about.
 */
import { hash } from "node:crypto";
import type { Job, Step } from "../../cicd/azure/pipeline.ts";
import { readPipeline } from "../../cicd/azure/read-pipeline.ts";
import { expandPipeline } from "../../formats/azure-pipeline/expand-pipeline.ts";
import { textAt } from "../../formats/azure-pipeline/source-node.ts";
import type { PipelineSource } from "./pipeline-source.ts";
import { openIn } from "./read-code.ts";

type Steps = Map<string, number>;

/** `finalYaml` as the preview answers it; empty if both agree. */
export function comparePreview(source: PipelineSource, finalYaml: string): readonly string[] {
  const root = source.files.get(source.path);
  if (typeof root !== "string") return [];
  const own = readPipeline(expandPipeline({ path: source.path, text: root }, openIn(source), "exact"));
  const theirs = readPipeline(
    expandPipeline({ path: "preview.yml", text: finalYaml }, () => ({ missing: "a preview calls nothing" }), "exact"),
  );
  if (!own || !theirs || theirs.isCut) return [`${told} what it answers could not be read.`];
  const [ours, others] = [stepsByJob(own.jobs), stepsByJob(theirs.jobs)];
  const differences = [...new Set([...ours.keys(), ...others.keys()])].flatMap((job) => {
    const what = difference(ours.get(job), others.get(job));
    return what === undefined ? [] : [`${told} ${sayJob(job)} ${what}.`];
  });
  const most = 20;
  const more = differences.length - most;
  return more > 0 ? [...differences.slice(0, most), `${told} ${more} more jobs differ.`] : differences;
}

const told = "Azure DevOps puts this pipeline together differently:";

function stepsByJob(jobs: readonly Job[]): ReadonlyMap<string, Steps> {
  const all = new Map<string, Steps>();
  for (const job of jobs) {
    const key = `${stageName(job.stage)}/${jobName(job.name)}`;
    const steps = all.get(key) ?? new Map<string, number>();
    all.set(key, steps);
    for (const step of job.steps) {
      const one = stepKey(step);
      if (one !== undefined) steps.set(one, (steps.get(one) ?? 0) + 1);
    }
  }
  return all;
}

/** Azure DevOps calls a stage that is not written down so. */
function stageName(name: string): string {
  return name.toLowerCase() === "__default" ? "" : name.toLowerCase();
}

/** Jobs without a name of their own are counted: `Job`, `Job2` there, `job`, `job-2` here. */
function jobName(name: string): string {
  const number = /^job-?(\d*)$/i.exec(name)?.[1];
  return number === undefined ? name.toLowerCase() : `#${number === "" ? 1 : Number(number)}`;
}

/** Short forms are written out there, and some tasks named by their ids. */
const tasks: Readonly<Record<string, string>> = {
  script: "cmdline",
  bash: "bash",
  pwsh: "powershell",
  powershell: "powershell",
  publish: "publishpipelineartifact",
  download: "downloadpipelineartifact",
  "d9bafed4-0b18-4f58-968d-86655b4d2ce9": "cmdline",
  "6c731c3c-3c68-459a-a5c9-bde6e6595b5b": "bash",
  "e213ff0f-5d5c-4791-802d-52ea3e7be1f1": "powershell",
  "ecdc45f6-832d-4ad9-b52b-ee49e94659be": "publishpipelineartifact",
  "61f2a582-95ae-4948-b34d-a1b3c4f6a737": "downloadpipelineartifact",
  "30f35852-3f7e-4c0c-9a88-e127b4f97211": "downloadpipelineartifact",
};
const checkoutTask = "6d15af64-176c-496d-b583-fd2ae21d4df4";

/** Undefined for checkouts: whether they are written out differs. */
function stepKey({ is, node, task, scripts }: Step): string | undefined {
  const name = task?.name.toLowerCase() ?? node.entries[0]?.key.text.toLowerCase() ?? "";
  if (is === "checkout" || name === checkoutTask || /^none$/i.test(textAt(node, "download") ?? "")) return undefined;
  const text = scripts.map((script) => script.node.text.replaceAll("\r\n", "\n").trim()).join("\0");
  return `${Object.hasOwn(tasks, name) ? tasks[name] : name} ${hash("sha256", text)}`;
}

function difference(ours: Steps | undefined, theirs: Steps | undefined): string | undefined {
  if (!ours) return "is only there";
  if (!theirs) return "is not there";
  const more = surplus(theirs, ours);
  const fewer = surplus(ours, theirs);
  if (more === 0 && fewer === 0) return undefined;
  if (more > 0 && fewer > 0) return `has other steps: ${more} only there, ${fewer} only here`;
  return more > 0 ? `has ${steps(more)} more` : `has ${steps(fewer)} fewer`;
}

function surplus(all: Steps, other: Steps): number {
  let count = 0;
  for (const [step, times] of all) count += Math.max(0, times - (other.get(step) ?? 0));
  return count;
}

function steps(count: number): string {
  return count === 1 ? "1 step" : `${count} steps`;
}

function sayJob(key: string): string {
  const [stage = "", job = ""] = key.split("/");
  const name = job.startsWith("#") ? `the job ${job}` : `job ${job}`;
  return stage === "" ? name : `${name} of stage ${stage}`;
}

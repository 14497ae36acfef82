/** Texts that somebody chooses who changes no code, and that a shell runs. */
import type { PipelineSubject } from "../../cicd/azure/pipeline-rule.ts";
import { sayTaint } from "../../cicd/azure/taint.ts";
import type { Taint } from "../../formats/azure-pipeline/source-node.ts";
import { placeIn } from "../../formats/azure-pipeline/text-places.ts";
import type { Injection } from "./judged-pipeline.ts";
import type { PipelineCode } from "./read-code.ts";

const by: Readonly<Partial<Record<Taint["kind"], Injection["by"]>>> = {
  "source-control": "whoever-pushes",
  parameter: "whoever-queues",
  "queue-variable": "whoever-queues",
  webhook: "webhook",
};
const mostInjections = 200;

export function injectionsOf({ pipeline, taint }: PipelineSubject, code: PipelineCode): readonly Injection[] {
  const found = new Map<string, Injection>();
  for (const step of pipeline.steps) {
    for (const { node } of step.scripts) {
      for (const stretch of taint.inText(node, step, step.job)) {
        const who = by[stretch.taint.kind];
        const key = `${step.address} ${stretch.taint.kind} ${stretch.taint.name}`;
        if (!who || found.has(key)) continue;
        const evidence = code.evidenceOf(
          placeIn(node, stretch.start, stretch.end),
          `${step.address}: ${sayTaint(stretch)}`,
        );
        found.set(key, { by: who, job: step.job.address, evidence });
        if (found.size >= mostInjections) return [...found.values()];
      }
    }
  }
  return [...found.values()];
}

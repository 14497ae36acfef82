/** Steps of classic pipelines, task groups and releases: their tasks and the names of inputs. Texts of inputs are dropped here. */
import type { ClassicStep } from "#model/posture/pipeline-facts.ts";
import { inner, isWire, optionalText, type Wire } from "../read-wire.ts";
import type { Collecting } from "./collector.ts";

const guid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Inputs of built-in tasks that name a connection are called this or that of these. */
const connectionName = /connected|connection|endpoint|subscription|registry|externalfeed/i;

/**
 * A task stands in `task` with `versionSpec` and `definitionType`, or beside the inputs as `taskId`, `version` and
 * `definitionType`.
 */
export function readClassicSteps(steps: unknown, given: Pick<Collecting, "lookAt">): readonly ClassicStep[] {
  return Array.isArray(steps) ? steps.filter(isWire).flatMap((step) => readStep(step, given)) : [];
}

function readStep(wire: Wire, { lookAt }: Pick<Collecting, "lookAt">): readonly ClassicStep[] {
  const task = isWire(wire.task) ? wire.task : wire;
  const taskId = optionalText(task, "id") ?? optionalText(task, "taskId");
  if (taskId === undefined) return [];
  const inputs = Object.entries(inner(wire, "inputs")).flatMap(([name, value]) => {
    if (typeof value !== "string" || value === "") return [];
    const looksSecret = lookAt(name, value);
    const connectionId = guid.test(value) && connectionName.test(name) ? value.toLowerCase() : undefined;
    return [{ name, ...(looksSecret && { looksSecret }), ...(connectionId === undefined ? {} : { connectionId }) }];
  });
  return [
    {
      name: optionalText(wire, "displayName") ?? optionalText(wire, "name") ?? "",
      taskId: taskId.toLowerCase(),
      version: optionalText(task, "versionSpec") ?? optionalText(task, "version") ?? "",
      isTaskGroup: optionalText(task, "definitionType")?.toLowerCase() === "metatask",
      isEnabled: wire.enabled !== false,
      inputs,
    },
  ];
}

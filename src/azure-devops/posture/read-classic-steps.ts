/** Steps of classic pipelines, task groups and releases. Of their inputs names are kept, and what looks like a secret. */
import type { ClassicStep } from "#model/posture/pipeline-facts.ts";
import { inner, isWire, optionalText, type Wire } from "../read-wire.ts";
import type { Collecting } from "./collector.ts";

const mostSteps = 500;
const mostInputs = 200;
const mostConnections = 20;
const guid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** Of builds and task groups, where the task stands in an object of its own, and of releases, where it stands beside the name. */
export function readClassicSteps(steps: unknown, { lookAt }: Pick<Collecting, "lookAt">): readonly ClassicStep[] {
  const list: readonly unknown[] = Array.isArray(steps) ? steps : [];
  return list
    .slice(0, mostSteps)
    .filter(isWire)
    .map((wire) => readStep(wire, lookAt));
}

function readStep(wire: Wire, lookAt: Collecting["lookAt"]): ClassicStep {
  const task = inner(wire, "task");
  const definitionType = optionalText(task, "definitionType") ?? optionalText(wire, "definitionType");
  return {
    name: optionalText(wire, "displayName") ?? optionalText(wire, "name") ?? "",
    taskId: (optionalText(task, "id") ?? optionalText(wire, "taskId") ?? "").toLowerCase(),
    version: optionalText(task, "versionSpec") ?? optionalText(wire, "version") ?? "",
    isTaskGroup: definitionType?.toLowerCase() === "metatask",
    isEnabled: wire.enabled !== false,
    inputs: Object.entries(inner(wire, "inputs"))
      .slice(0, mostInputs)
      .flatMap(([name, value]) => readInput(name, typeof value === "string" ? value : "", lookAt)),
  };
}

/** A connection is given by its id. An id of something else is none of the connections there are. */
function readInput(name: string, value: string, lookAt: Collecting["lookAt"]): ClassicStep["inputs"] {
  const ids = value
    .slice(0, 40 * mostConnections)
    .split(",")
    .map((part) => part.trim().toLowerCase());
  if (ids.every((id) => guid.test(id))) return ids.map((connectionId) => ({ name, connectionId }));
  const looksSecret = value === "" ? undefined : lookAt(name, value);
  return [{ name, ...(looksSecret && { looksSecret }) }];
}

/** How classic pipelines, releases and task groups show a step. */
import type { TaskStep } from "./inventory.ts";

export function stepShape(step: TaskStep): Record<string, unknown> {
  return {
    environment: {},
    displayName: step.name,
    alwaysRun: false,
    continueOnError: false,
    condition: "succeeded()",
    enabled: step.isEnabled ?? true,
    timeoutInMinutes: 0,
    retryCountOnTaskFailure: 0,
    inputs: step.inputs,
    task: { id: step.taskId, versionSpec: step.versionSpec, definitionType: step.definitionType ?? "task" },
  };
}

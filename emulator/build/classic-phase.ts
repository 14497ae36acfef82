/** A job of a classic pipeline, as the service shows it. */
import type { TaskStep } from "../inventory/inventory.ts";
import { stepShape } from "../inventory/task-step.ts";

export function classicPhase(
  name: string,
  queueId: number,
  steps: readonly TaskStep[],
  options: { readonly tokenForScripts?: boolean } = {},
): Readonly<Record<string, unknown>> {
  return {
    steps: steps.map(stepShape),
    name,
    refName: "Job_1",
    condition: "succeeded()",
    target: {
      executionOptions: { type: 0 },
      allowScriptsAuthAccessOption: options.tokenForScripts ?? false,
      queue: { id: queueId },
      type: 1,
    },
    jobAuthorizationScope: "projectCollection",
  };
}

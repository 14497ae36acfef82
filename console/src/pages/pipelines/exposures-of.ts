/** The ways in which somebody starts a pipeline with code or words that nobody reviewed. */
import type { PipelineRow } from "#api/pipelines/contract.ts";
import { exposureLabels } from "../../ui/posture-words.ts";

type Given = PipelineRow["exposure"];
type Evidence = Given["injections"][number];

export interface Exposure {
  readonly key: string;
  readonly label: string;
  readonly is: "yes" | "no" | "unknown";
  readonly says: string | null;
  readonly evidence: readonly Evidence[];
}

export function exposuresOf({ pullRequests, forks, openBranches, webhooks, injections }: Given): readonly Exposure[] {
  const ways = [
    { key: "pull-requests", given: pullRequests },
    { key: "forks", given: forks },
    { key: "open-branches", given: openBranches },
    { key: "webhooks", given: webhooks },
  ] as const;
  return [
    ...ways.map(({ key, given: { is, says, evidence } }) => ({
      ...{ key, label: exposureLabels[key], is, says },
      evidence: evidence === null ? [] : [evidence],
    })),
    {
      ...{ key: "injections", label: exposureLabels.injections, says: null, evidence: injections },
      is: injections.length > 0 ? "yes" : "no",
    },
  ];
}

export function isNotKnown(exposure: Given): boolean {
  return exposuresOf(exposure).some(({ is }) => is === "unknown");
}

/** What belongs to builds and definitions besides their state: reason, tags, who changed them last. */
import type { BuildState, DefinitionState } from "../world.ts";

interface BuildNotes {
  reason: string;
  readonly tags: string[];
  lastChangedBy: string;
  lastChangedDate: Date;
  /** The plan's id, which payloads show too. */
  readonly planId: string;
  parameters?: string;
  /** First line of the commit that started the build. */
  message?: string;
}

const ofBuilds = new WeakMap<BuildState, BuildNotes>();

export function setBuildNotes(build: BuildState, notes: BuildNotes): void {
  ofBuilds.set(build, notes);
}

export function buildNotes(build: BuildState): BuildNotes {
  let notes = ofBuilds.get(build);
  if (!notes) {
    notes = {
      reason: "manual",
      tags: [],
      lastChangedBy: build.requestedBy,
      lastChangedDate: build.finishTime ?? build.startTime ?? build.queueTime,
      planId: "00000000-0000-0000-0000-000000000000",
    };
    ofBuilds.set(build, notes);
  }
  return notes;
}

export interface DefinitionNotes {
  authoredBy: string;
  defaultBranch: string;
  description?: string;
  comment?: string;
  variables: Record<string, { value: string | null; isSecret?: boolean; allowOverride?: boolean }>;
}

const ofDefinitions = new WeakMap<DefinitionState, DefinitionNotes>();

export function definitionNotes(definition: DefinitionState): DefinitionNotes {
  const notes = ofDefinitions.get(definition) ?? { authoredBy: "", defaultBranch: "refs/heads/main", variables: {} };
  ofDefinitions.set(definition, notes);
  return notes;
}

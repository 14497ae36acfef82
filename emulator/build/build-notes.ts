/** What belongs to builds and definitions besides their state: reason, tags, who changed them last, what they run. */
import type { BuildState, DefinitionState } from "../world.ts";
import type { RunRecords } from "./describe-run.ts";

interface BuildNotes {
  reason: string;
  readonly tags: string[];
  lastChangedBy: string;
  lastChangedDate: Date;
  /** The plan's id, which payloads show too. */
  readonly planId: string;
  /** Variables given when it was queued, as JSON. */
  parameters?: string;
  templateParameters?: Readonly<Record<string, string>>;
  /** For whom it runs, where that is not who asked for it. */
  requestedFor?: string;
  definitionRevision?: number;
  /** First line of the commit that started the build. */
  message?: string;
  /** What it did, where somebody told. */
  run?: RunRecords;
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

export interface DefinitionVariable {
  readonly value: string | null;
  readonly isSecret?: boolean;
  readonly allowOverride?: boolean;
}

/** Code that is not in Azure Repos. */
export interface OutsideRepository {
  readonly type: "GitHub" | "GitHubEnterprise" | "Bitbucket" | "Git";
  /** `contoso/app`. */
  readonly id: string;
  readonly name: string;
  readonly url: string;
  readonly properties: Readonly<Record<string, string>>;
}

export interface DefinitionNotes {
  authoredBy: string;
  defaultBranch: string;
  description?: string;
  comment?: string;
  variables: Record<string, DefinitionVariable>;
  variableGroupIds: readonly number[];
  /** The pool of the organization; absent: the hosted one. */
  poolId?: number;
  /** As the service shows them; absent: those of a YAML pipeline whose file says when. */
  triggers?: readonly Readonly<Record<string, unknown>>[];
  jobAuthorizationScope: "project" | "projectCollection";
  queueStatus: "enabled" | "paused" | "disabled";
  processParameters?: Readonly<Record<string, unknown>>;
  /** Of a classic pipeline, as the service shows them. */
  phases?: readonly Readonly<Record<string, unknown>>[];
  outside?: OutsideRepository;
}

const ofDefinitions = new WeakMap<DefinitionState, DefinitionNotes>();

export function definitionNotes(definition: DefinitionState): DefinitionNotes {
  const notes = ofDefinitions.get(definition) ?? {
    authoredBy: "",
    defaultBranch: "refs/heads/main",
    variables: {},
    variableGroupIds: [],
    jobAuthorizationScope: "projectCollection",
    queueStatus: "enabled",
  };
  ofDefinitions.set(definition, notes);
  return notes;
}

interface DefinitionChange {
  readonly state: DefinitionState;
  readonly changedBy: string;
  readonly changedDate: Date;
}

const changes = new WeakMap<DefinitionState, DefinitionChange[]>();

/** Keeps a definition as it is now as its newest revision; call it after each change. */
export function keepDefinition(definition: DefinitionState, changedBy: string, changedDate: Date): void {
  const state = { ...definition };
  ofDefinitions.set(state, structuredClone(definitionNotes(definition)));
  const kept = changes.get(definition) ?? [];
  kept.push({ state, changedBy, changedDate });
  changes.set(definition, kept);
}

export function changesOf(definition: DefinitionState): readonly DefinitionChange[] {
  return changes.get(definition) ?? [];
}

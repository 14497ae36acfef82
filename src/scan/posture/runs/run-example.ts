/** A run for an example, as the rest of it is not about: a push of main by somebody of the project. What is not given is not known. */
import type { Fact } from "#model/posture/fact.ts";
import { known, unknown } from "#model/posture/fact.ts";
import type { RunFact, RunRecord } from "#model/posture/pipeline-facts.ts";
import type { JudgedPipeline } from "../pipelines/judged-pipeline.ts";
import { exampleProjectId, exampleTime, type PostureExample } from "../posture-example.ts";
import type { LogSecret, RunEvidence } from "./run-evidence.ts";

export interface RunExample extends PostureExample {
  readonly run?: Partial<RunFact>;
  readonly records?: readonly RunRecord[];
  readonly ran?: JudgedPipeline;
  readonly standing?: JudgedPipeline;
  readonly earlier?: readonly Partial<RunFact>[];
  readonly logSecrets?: readonly LogSecret[];
  readonly areLogsCut?: boolean;
}

const nobodyAsked = unknown("not-read", "Nobody asked.");

export function evidenceOfExample(example: RunExample): RunEvidence {
  return {
    projectId: exampleProjectId,
    run: runOf({ id: 100, ...example.run }),
    records: factOf(example.records),
    ran: example.ran,
    standing: example.standing,
    earlier: factOf((example.earlier ?? []).map((run, index) => runOf({ id: 99 - index, ...run }))),
    logSecrets: factOf(example.logSecrets),
    areLogsCut: example.areLogsCut ?? false,
  };
}

function factOf<T>(value: T | undefined): Fact<T> {
  return value === undefined ? nobodyAsked : known(value, exampleTime);
}

function runOf(run: Partial<RunFact> & { readonly id: number }): RunFact {
  return {
    definitionId: 7,
    number: `20260301.${run.id}`,
    url: `https://dev.azure.com/contoso/Payments/_build/results?buildId=${run.id}`,
    reason: "individualCI",
    result: "succeeded",
    branch: "refs/heads/main",
    commit: "c".repeat(40),
    queuedAt: "2026-03-01T11:00:00Z",
    finishedAt: "2026-03-01T11:10:00Z",
    given: [],
    ...run,
  };
}

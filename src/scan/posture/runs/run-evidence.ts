/** A run that has ended, and what was read again about it. */
import type { Fact } from "#model/posture/fact.ts";
import type { RunFact, RunRecord, SecretLook } from "#model/posture/pipeline-facts.ts";
import type { JudgedPipeline } from "../pipelines/judged-pipeline.ts";

export interface RunEvidence {
  readonly projectId: string;
  readonly run: RunFact;
  /** Its timeline. */
  readonly records: Fact<readonly RunRecord[]>;
  /** Its code as it ran; undefined if it could not be read. */
  readonly ran: JudgedPipeline | undefined;
  /** Its code on the default branch. */
  readonly standing: JudgedPipeline | undefined;
  /** Earlier runs of the same pipeline, newest first. */
  readonly earlier: Fact<readonly RunFact[]>;
  readonly logSecrets: Fact<readonly LogSecret[]>;
  /** Some log is longer than what was searched. */
  readonly areLogsCut?: boolean;
}

export interface LogSecret {
  readonly logId: number;
  readonly step: string;
  readonly line: number;
  readonly look: SecretLook;
  readonly url?: string;
}

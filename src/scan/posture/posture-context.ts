/** What rules on settings may use beside the facts themselves. */
import type { AttackPath } from "#model/posture/attack-path.ts";
import type { JudgedPipeline } from "./pipelines/judged-pipeline.ts";
import type { PostureSettings } from "./posture-settings.ts";

export interface PostureContext {
  readonly settings: PostureSettings;
  /** When the facts are judged: a scan holds no clock. */
  readonly now: Date;
  /** Every pipeline whose code was read; of a classic one, what its definition says. */
  readonly pipelines: readonly JudgedPipeline[];
  readonly paths: readonly AttackPath[];
  /** The account that Sallyport itself acts as there, in small letters: its gates are policies that it makes and takes away. */
  readonly ownAccountId?: string;
}

/** Whose machines a job runs on, as far as that is known. */
import type { Job } from "./pipeline.ts";
import type { PipelineFacts } from "./pipeline-facts.ts";

export type PoolOfJob =
  | { readonly is: "hosted" }
  | { readonly is: "own"; readonly name: string; readonly isEphemeral: boolean }
  | { readonly is: "unknown"; readonly name: string };

/** A job that names no pool runs on that of its pipeline. */
export function poolOf({ pool }: Job, { pools, defaultPool }: PipelineFacts): PoolOfJob {
  const name = pool === undefined ? defaultPool : pool.image ? undefined : pool.name?.text;
  if (name === undefined || name === "server" || /^azure pipelines$/i.test(name)) return { is: "hosted" };
  const known = pools?.[name.toLowerCase()];
  if (!known) return /^hosted\b/i.test(name) ? { is: "hosted" } : { is: "unknown", name };
  return known.isHosted ? { is: "hosted" } : { is: "own", name, isEphemeral: known.isEphemeral };
}

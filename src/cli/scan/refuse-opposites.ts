/** Options that say nothing together, or nothing at all. */
import { UsageError } from "../usage-error.ts";
import type { ScanOptions } from "./scan-options.ts";
import { isStandardInput } from "./settings/read-handed-pipe.ts";

/** Each of them names all that is scanned. */
export function refuseOpposites({ history, diff, staged, stdin, path, ...files }: ScanOptions): void {
  const given = [
    ...(stdin ? ["--stdin"] : []),
    ...(staged ? ["--staged"] : []),
    ...(history ? ["--history"] : []),
    ...(diff === undefined ? [] : ["--diff"]),
  ];
  if (given.length > 1) throw new UsageError(`${given.slice(0, 2).join(" and ")} exclude each other`);
  const read = [files.config, files.baseline, files.policies].find((file = "") => isStandardInput(file));
  if (stdin && read !== undefined) throw new UsageError(`--stdin reads the standard input, and so would ${read}`);
  for (const [name, value] of Object.entries({
    path,
    config: files.config,
    baseline: files.baseline,
    output: files.output,
    validate: files.validate,
  })) {
    // An unset variable of a script.
    if (value === "") throw new UsageError(`--${name} is empty`);
  }
  if (path !== undefined && !stdin) throw new UsageError("--path names the file of --stdin, which is not given");
  if (files.policies === undefined) refuseOfPolicies(files);
  // No other format has a place for what passed.
  if (files.includePassed && files.format !== "json") throw new UsageError("--include-passed needs --format json");
}

/** Without the policies that they are for, whoever wrote them waits for a verdict that never comes. */
function refuseOfPolicies({ trigger, repository, tags, branch }: ScanOptions): void {
  const given = Object.entries({ trigger, repository, tags, branch }).find(([, value]) => value !== undefined);
  if (given) throw new UsageError(`--${given[0]} is for --policies, which is not given`);
}

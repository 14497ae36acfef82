/** Which files a pipeline calls that nobody has read yet. Asked again when they are there, it names those that they call. */

import { readPipeline } from "../../cicd/azure/read-pipeline.ts";
import { checksOutSubmodules } from "../../cicd/azure/submodules.ts";
import { expandPipeline } from "../../formats/azure-pipeline/expand-pipeline.ts";
import type { PipelineSource, WantedFile } from "./pipeline-source.ts";
import { openIn } from "./read-code.ts";

export function wantedFiles(source: PipelineSource): readonly WantedFile[] {
  const root = source.files.get(source.path);
  if (root === undefined) return [{ path: source.path, repository: undefined }];
  if (typeof root !== "string") return [];
  const wanted = new Map<string, WantedFile>();
  const open = openIn(source);
  const expanded = expandPipeline({ path: source.path, text: root }, (path, repository) => {
    const files = repository ? source.others.get(repository.alias)?.files : source.files;
    if (!files?.has(path)) wanted.set(`${repository?.alias ?? ""} ${path}`, { path, repository });
    return open(path, repository);
  });
  // What nothing is left of to read may still need the list of its submodules.
  if (wanted.size === 0 && !source.files.has(submodules)) {
    const steps = readPipeline(expanded)?.steps ?? [];
    if (steps.some(checksOutSubmodules)) wanted.set(submodules, { path: submodules, repository: undefined });
  }
  return [...wanted.values()];
}

const submodules = ".gitmodules";

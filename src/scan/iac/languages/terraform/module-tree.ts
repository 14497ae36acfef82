/** A root module with all it calls: what the instances of its modules share, and the bounds that keep it finite. */

import type { Problem } from "#model/scan-result.ts";
import type { EvaluationRun } from "../../../formats/hcl/scope.ts";
import type { Attribute } from "../../../formats/hcl/syntax.ts";
import type { Place } from "../../../formats/text-file.ts";
import { problemAt } from "../../problem-at.ts";
import type { ModuleSource } from "./module-source.ts";

export interface ModuleTree {
  readonly root: string;
  readonly run: EvaluationRun;
  /** By folder. */
  readonly sources: ReadonlyMap<string, ModuleSource>;
  /** Where `terraform init` put modules of a registry, by the names of the calls: `network.subnet`. */
  readonly installed: ReadonlyMap<string, string>;
  /** What tfvars files of the root say, the last word per variable. */
  readonly values: ReadonlyMap<string, Attribute>;
  readonly problems: Problem[];
  /** Places that have a problem, and sources that were told to be missing: thousands of calls ask. */
  readonly told: Set<string>;
  modules: number;
}

export const maxModules = 2000;
export const maxModuleDepth = 20;

/** False if the place has a problem already. */
export function report(tree: ModuleTree, code: string, message: string, at: Place, isNotice = false): boolean {
  const told = { ...problemAt(at, code, message), ...(isNotice && { isNotice }) };
  const place = placeOf(told);
  if (tree.told.has(place)) return false;
  tree.told.add(place);
  tree.problems.push(told);
  return true;
}

export function placeOf({ path, line }: Problem): string {
  return `${path}:${line}`;
}

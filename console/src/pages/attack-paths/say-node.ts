/** A thing on an attack path by its name, with the word for what it is where the name does not say it. */
import type { PathNodeRow } from "#api/attack-paths/contract.ts";
import { pathNodeLabels } from "../../ui/posture-words.ts";

export function sayNode({ kind, name }: PathNodeRow): string {
  const isSaid = kind === "identity" || kind === "cloud" || kind === "branch" || kind === "run";
  return isSaid ? name : `${pathNodeLabels[kind].toLowerCase()} ${name}`;
}

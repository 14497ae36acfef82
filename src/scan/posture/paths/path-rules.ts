/** Which rule a path belongs to: by who starts, and by what is lost at its end. */
import type { AttackPath, PathNode } from "#model/posture/attack-path.ts";

export const pathRules = {
  cloud: "cicd/path-contributor-reaches-cloud",
  project: "cicd/path-project-reaches-project",
  outsider: "cicd/path-outsider-runs-code",
} as const satisfies Readonly<Record<string, AttackPath["rule"]>>;

const beyond: ReadonlySet<PathNode["kind"]> = new Set(["project", "organization", "feed"]);

export function ruleOfPath(entry: PathNode, target: PathNode): AttackPath["rule"] {
  if (entry.id === "outsiders") return pathRules.outsider;
  return beyond.has(target.kind) ? pathRules.project : pathRules.cloud;
}

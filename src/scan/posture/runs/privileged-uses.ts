/** What a run used that is worth guarding: clouds and where software goes, secrets, secure files, environments of production. */
import type { ProjectFacts } from "#model/posture/organization-facts.ts";
import { reachOf } from "../facts/connection-reach.ts";
import { prizeOf } from "../facts/prized-resources.ts";
import { isProduction } from "../facts/production.ts";
import type { ResourceUse } from "../pipelines/judged-pipeline.ts";
import type { PostureSettings } from "../posture-settings.ts";

export interface PrivilegedUse {
  readonly use: ResourceUse;
  /** A cloud or production: what somebody would go to these lengths for. */
  readonly isGreat: boolean;
}

/** Of a resource that is not known by its facts, its kind decides. */
export function privilegedUses(
  uses: readonly ResourceUse[],
  project: ProjectFacts | undefined,
  settings: PostureSettings,
): readonly PrivilegedUse[] {
  const found = new Map<string, PrivilegedUse>();
  for (const use of uses) {
    const key = `${use.kind} ${use.name.toLowerCase()}`;
    if (!found.has(key) && isPrivileged(use, project, settings)) {
      found.set(key, { use, isGreat: isGreat(use, project, settings) });
    }
  }
  return [...found.values()];
}

function isPrivileged(use: ResourceUse, project: ProjectFacts | undefined, settings: PostureSettings): boolean {
  const { kind, id } = use;
  if (kind === "queue" || kind === "repository") return false;
  if (kind === "environment") return true;
  if (!project || id === undefined || !isListed(use, project)) return true;
  return prizeOf(kind, id, project, settings) !== undefined;
}

/** Then its facts decide, and not its kind alone. */
function isListed({ kind, id }: ResourceUse, { connections, variableGroups }: ProjectFacts): boolean {
  const list: readonly { readonly id: string | number }[] =
    kind === "connection" && connections.is === "known"
      ? connections.value
      : kind === "variable-group" && variableGroups.is === "known"
        ? variableGroups.value
        : [];
  return list.some((one) => `${one.id}`.toLowerCase() === id?.toLowerCase());
}

function isGreat(
  { kind, id, name }: ResourceUse,
  project: ProjectFacts | undefined,
  settings: PostureSettings,
): boolean {
  if (isProduction(name, settings.productionWords)) return true;
  if (kind !== "connection") return false;
  if (project?.connections.is !== "known") return true;
  const found = project.connections.value.find((one) => one.id.toLowerCase() === id?.toLowerCase());
  return !found || reachOf(found) === "cloud";
}

const words: Readonly<Record<ResourceUse["kind"], string>> = {
  connection: "service connection",
  "variable-group": "variable group",
  "secure-file": "secure file",
  environment: "environment",
  queue: "agent queue",
  repository: "repository",
};

/** `service connection azure-prod, variable group payments`. */
export function sayUses(uses: readonly ResourceUse[]): string {
  const said = uses.slice(0, 5).map(({ kind, name }) => `${words[kind]} ${name}`);
  return uses.length > 5 ? `${said.join(", ")} and ${uses.length - 5} more` : said.join(", ");
}

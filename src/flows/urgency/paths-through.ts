/** Whether an attack path leads through what an issue is about: the repository, or the pipeline or resource whose setting it is. */
import type { OrganizationId } from "#model/ids.ts";
import { pipelinePlace, repositoryPlace } from "#model/posture/path-places.ts";
import type { OnPath } from "#scan/urgency/read-signals.ts";
import type { Db } from "#store/database.ts";
import type { IssueToScore, ScoredPlace } from "#store/issues/urgency-scores.ts";
import {
  type AboutSetting,
  listAboutSettings,
  listPathPlaces,
  type PathPlaces,
} from "#store/posture/attack-path-places.ts";
import { settingsBranch } from "#store/posture/settings-places.ts";

export interface PathsThrough {
  /** To be asked first, for many issues at once. */
  prepare(issues: readonly IssueToScore[], places: Iterable<ScoredPlace>): Promise<void>;
  at(issue: IssueToScore, place: ScoredPlace): OnPath;
}

/** The worst path at each place. */
type Worst = ReadonlyMap<string, PathPlaces>;

export function openPathsThrough(db: Db): PathsThrough {
  const organizations = new Map<OrganizationId, Worst | undefined>();
  const settings = new Map<string, AboutSetting>();
  return {
    async prepare(issues, places) {
      const unknown = [...places].flatMap(({ organizationId }) =>
        organizations.has(organizationId) ? [] : [organizationId],
      );
      for (const id of unknown) organizations.set(id, undefined);
      if (unknown.length > 0) {
        for (const [id, paths] of await listPathPlaces(db, unknown)) organizations.set(id, worstAt(paths));
      }
      const about = issues.filter(({ branch }) => branch === settingsBranch);
      const instances = [...new Set(about.map(({ instanceId }) => instanceId))];
      const prints = about.map(({ finding }) => finding.fingerprint);
      for (const one of await listAboutSettings(db, instances, prints)) settings.set(one.fingerprint, one);
    },
    at({ finding, repositoryId }, { organizationId }) {
      const worst = organizations.get(organizationId);
      if (!worst) return { is: "unknown" };
      const about = settings.get(finding.fingerprint);
      const names = about ? placesOf(about) : [repositoryPlace(repositoryId)];
      const [path] = names.flatMap((name) => worst.get(name) ?? []);
      return path ? { is: "yes", severity: path.severity, target: path.target } : { is: "no" };
    },
  };
}

/** They come the worst first. */
function worstAt(paths: readonly PathPlaces[]): Worst {
  const worst = new Map<string, PathPlaces>();
  for (const path of paths) {
    for (const place of [`path:${path.id}`, ...path.places]) if (!worst.has(place)) worst.set(place, path);
  }
  return worst;
}

/** Some resources are named by a number, which only their project makes one of a kind. */
function placesOf({ projectId, definitionId, resourceKind, resourceId }: AboutSetting): readonly string[] {
  const pipeline = projectId !== null && definitionId !== null ? [pipelinePlace(projectId, definitionId)] : [];
  const id = resourceId.toLowerCase();
  const own = [`${resourceKind}:${id}`, ...(projectId === null ? [] : [`${resourceKind}:${projectId}/${id}`])];
  return [...pipeline, ...own];
}

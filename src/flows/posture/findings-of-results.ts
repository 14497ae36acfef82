/** What fails, as findings of the place that stands for the settings of its project or of the organization. */
import type { Finding } from "#model/finding.ts";
import type { OrganizationId, RepositoryId } from "#model/ids.ts";
import { postureWords } from "#scan/posture/posture-words.ts";
import type { NewResult } from "#store/posture/posture-results.ts";
import { settingsPlaceOf } from "#store/posture/settings-places.ts";

const mostSignals = 20;

/** What has no place of its own (a project that is not listed yet) is told of the organization. */
export function findingsByPlace(
  organization: OrganizationId,
  results: readonly NewResult[],
  places: ReadonlySet<RepositoryId>,
): ReadonlyMap<RepositoryId, readonly Finding[]> {
  const own = settingsPlaceOf(organization, undefined);
  const failures = results.filter(({ answer }) => answer === "fail");
  const byPlace = Map.groupBy(failures, ({ projectId }) => {
    const place = settingsPlaceOf(organization, projectId);
    return places.has(place) ? place : own;
  });
  return new Map([...byPlace].map(([place, ofPlace]) => [place, ofPlace.flatMap(findingOf)]));
}

/** As the place of its issue is named. */
export function settingPath({ resourceKind, resourceName }: Pick<NewResult, "resourceKind" | "resourceName">): string {
  return `${resourceKind} ${resourceName}`;
}

/** Settings and runs have different resources. */
export function isOfRun({ at }: Finding): boolean {
  return "resource" in at && at.resource.startsWith("run ");
}

function findingOf(result: NewResult): readonly Finding[] {
  const { rule, severity, reason = "", because, resourceUrl, fingerprint, evidence } = result;
  if (!severity) return [];
  const words = postureWords.get(rule);
  const path = settingPath(result);
  return [
    {
      ...{ rule, aliases: words?.aliases ?? [], severity, fingerprint },
      message: `${path.charAt(0).toUpperCase()}${path.slice(1)}: ${reason}.`,
      at: { setting: words?.title ?? rule, resource: path, ...(resourceUrl !== undefined && { url: resourceUrl }) },
      signals: [
        ...(because === undefined ? [] : [`${severity}: ${because}`]),
        ...evidence.slice(0, mostSignals).map(({ what }) => what),
      ],
    },
  ];
}

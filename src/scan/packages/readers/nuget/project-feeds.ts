/**
 * Sources that a project names itself: `RestoreSources` instead of those of `nuget.config`, `RestoreAdditionalProjectSources`
 * beside them. Neither has a mapping of its own (the page on MSBuild targets of NuGet's documentation).
 */
import type { Feed } from "#model/package-manifest.ts";
import { spanOf } from "../../../formats/text-file.ts";
import { type Project, placeInList, startOf } from "./project-evaluations.ts";

/** Nobody names more; more are only there to take time. */
const mostSources = 50;

export function projectFeeds(project: Project): readonly Feed[] {
  const properties = project.evaluations[0]?.evaluated.properties;
  const feedsIn = (name: string, isBesideOthers: boolean): readonly Feed[] => {
    const value = properties?.get(name);
    if (!value || value.text.trim() === "") return [];
    const sources = [...new Set(value.text.split(";", mostSources).map((text) => text.trim()))];
    return sources
      .filter((text) => /^https?:\/\//i.test(text))
      .map((text) => ({
        address: text.replace(/^([a-z]{1,20}:\/\/)[^/@]*@/i, "$1"),
        isBesideOthers,
        at: spanOf(placeInList(text, { ...value, from: value.setAt }) ?? startOf(project)),
      }));
  };
  const instead = feedsIn("restoresources", false);
  return [...instead, ...feedsIn("restoreadditionalprojectsources", instead.length === 0)];
}

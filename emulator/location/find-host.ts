/** The way from an organization's id to its address of today, for everybody: `/_apis/resourceAreas/{area}?hostId={id}`. */
import { hostUrl } from "../edition.ts";
import { type Answer, Refusal } from "../route.ts";
import { errorAnswer } from "../server/answers.ts";
import type { World } from "../world.ts";
import { areaFacts } from "./location-facts.ts";

/** Undefined for every other path. */
export function findHost(world: World, path: string, search: URLSearchParams): Answer | undefined {
  const [, area] = /^\/_apis\/resourceAreas\/([^/]+)\/?$/i.exec(path) ?? [];
  if (area === undefined) return undefined;
  const hostId = search.get("hostId")?.toLowerCase() ?? "";
  const organization = [...world.organizations.values()].find((one) => one.id === hostId);
  const fact = areaFacts.find(([id]) => id === area.toLowerCase());
  if (!organization || !fact)
    return errorAnswer(
      world,
      new Refusal(404, "HostDoesNotExistException", `No organization with the id ${hostId} was found.`),
    );
  const [id, name, host] = fact;
  return { body: { id, name, locationUrl: `${hostUrl(world, host)}/${encodeURIComponent(organization.name)}/` } };
}

/** Who may add a pipeline to a project: everybody who works on it, or few. It decides what an open resource is worth. */
import type { OrganizationFacts, ProjectFacts } from "#model/posture/organization-facts.ts";
import type { PostureSettings } from "../posture-settings.ts";
import { holdersOf, sayHolder } from "./access-of.ts";
import { breadthOf, isBroad } from "./broad-groups.ts";
import { membershipOf } from "./membership.ts";

/** The permission that lets many people do it, as evidence; false if only few may. Undefined: permissions are not known. */
export function broadPipelineMakers(
  { people }: OrganizationFacts,
  { id, access }: ProjectFacts,
  settings: PostureSettings,
): string | false | undefined {
  if (access.is === "unknown") return undefined;
  const membership = people.is === "known" ? membershipOf(people.value) : undefined;
  const { build } = access.value;
  const makers =
    holdersOf(build, [id], "CreateBuildDefinition", membership) ??
    holdersOf(build, [id], "EditBuildDefinition", membership);
  if (!makers) return undefined;
  const broad = makers.find((maker) => isBroad(breadthOf(maker, membership, settings)));
  return broad ? sayHolder(broad) : false;
}

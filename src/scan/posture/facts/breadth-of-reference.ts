/** How broad somebody is whom an answer names by name and id alone: a group that is not found among those read is not known. */
import type { PostureSettings } from "../posture-settings.ts";
import { type Breadth, breadthOf, isAdministrative, isBuildIdentity } from "./broad-groups.ts";
import type { Membership } from "./membership.ts";

interface Reference {
  readonly id: string;
  readonly name: string;
  readonly descriptor?: string;
  readonly isGroup?: boolean;
}

/** What builds act as is everybody who has a pipeline. */
export type ReferenceBreadth = Breadth & { readonly isBuild?: true };

export function breadthOfReference(
  reference: Reference,
  membership: Membership | undefined,
  settings: Pick<PostureSettings, "broadFrom">,
): ReferenceBreadth {
  const { id, name } = reference;
  const found = reference.descriptor ?? groupNamed(name, membership);
  const subject = { subject: found ?? id, name };
  if (isBuildIdentity(subject, membership)) {
    return { is: "everybody", because: "a pipeline acts as it", isBuild: true };
  }
  const breadth = breadthOf(subject, membership, settings);
  const isLost = found === undefined && (reference.isGroup ?? isNameOfGroup(name));
  // By its name alone a group may be everybody or administrators; small it is only where its people are known.
  if (!isLost || breadth.is !== "few" || isAdministrative(name)) return breadth;
  return { is: "unknown", because: "it was not found among the groups that were read" };
}

const named = new WeakMap<Membership, ReadonlyMap<string, string>>();

function groupNamed(name: string, membership: Membership | undefined): string | undefined {
  if (!membership || !isNameOfGroup(name)) return undefined;
  const kept =
    named.get(membership) ??
    new Map(
      [...membership.groups.values()].map(({ principalName, descriptor }) => [principalName.toLowerCase(), descriptor]),
    );
  named.set(membership, kept);
  return kept.get(name.toLowerCase());
}

/** `[Payments]\Contributors`; people have no brackets. */
function isNameOfGroup(name: string): boolean {
  return /^\[[^\]]*\]\\/.test(name);
}

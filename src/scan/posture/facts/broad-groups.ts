/** Who counts as everybody, who administers, and whom builds act as: by the names that Azure DevOps gives, and by numbers. */
import type { PostureSettings } from "../posture-settings.ts";
import type { Membership } from "./membership.ts";

/** `few` is fine; `unknown` is a group whose people nobody lists. */
export interface Breadth {
  readonly is: "everybody" | "many" | "few" | "unknown";
  /** As the end of a sentence about the group: `it holds everybody of the project`. */
  readonly because: string;
}

/** By their names without domain, in small letters. */
const everybody: ReadonlyMap<string, string> = new Map([
  ["contributors", "it holds everybody who works on the project"],
  ["readers", "it holds everybody who may look at the project"],
  ["project valid users", "it holds everybody of the project"],
  ["project collection valid users", "it holds everybody of the organization"],
  ["project-scoped users", "it holds everybody whose view is limited to projects"],
  ["team foundation valid users", "it holds everybody"],
  ["everyone", "it holds everybody"],
  ["all users", "it holds everybody of the directory"],
  ["domain users", "it holds everybody of the directory"],
]);

const administrative: ReadonlySet<string> = new Set([
  "administrators",
  "project administrators",
  "project collection administrators",
  "build administrators",
  "project collection build administrators",
  "release administrators",
  "deployment group administrators",
  "endpoint administrators",
  "project collection service accounts",
  "project collection proxy service accounts",
  "project collection test service accounts",
  "team foundation administrators",
  "team foundation service accounts",
]);

export function breadthOf(
  { subject, name }: { readonly subject: string; readonly name: string },
  membership: Membership | undefined,
  { broadFrom }: Pick<PostureSettings, "broadFrom">,
): Breadth {
  const wellKnown = everybody.get(bareName(name));
  if (wellKnown !== undefined) return { is: "everybody", because: wellKnown };
  if (isAdministrative(name)) return { is: "few", because: "it is a group of administrators" };
  if (!isGroup(subject)) return { is: "few", because: "it is one identity" };
  if (!membership) return { is: "unknown", because: "people and groups are not known" };
  const wide = [...membership.membersOf(subject)]
    .map((member) => membership.groups.get(member))
    .find((group) => group && everybody.has(bareName(group.name)));
  if (wide) return { is: "everybody", because: `it holds the group ${wide.name}` };
  const { atLeast, unknownGroups } = membership.sizeOf(subject);
  if (atLeast > broadFrom) return { is: "many", because: `it has ${atLeast} people, more than ${broadFrom}` };
  const [first] = unknownGroups;
  if (first === undefined) return { is: "few", because: `it has ${atLeast} people` };
  return {
    is: "unknown",
    because: `Azure DevOps does not list the people of ${first === name ? "it" : first}, a group of Microsoft Entra ID`,
  };
}

export function isBroad({ is }: Breadth): boolean {
  return is === "everybody" || is === "many";
}

export function isAdministrative(name: string): boolean {
  return administrative.has(bareName(name));
}

/** `Payments Build Service (contoso)`, `Project Collection Build Service (contoso)`, and the group of the latter. */
export function isBuildIdentity(
  { subject, name }: { readonly subject: string; readonly name: string },
  membership: Membership | undefined,
): boolean {
  return (
    membership?.users.get(subject)?.kind === "build-identity" ||
    bareName(name) === "project collection build service accounts" ||
    /\bbuild service \([^)]*\)$/i.test(name)
  );
}

/** Graph names groups by the beginning of their descriptor; lists that nobody could translate by their SID. */
function isGroup(subject: string): boolean {
  return /^(?:vssgp|aadgp|unknown)\.|^Microsoft\.TeamFoundation\.Identity;/i.test(subject);
}

/** `contributors` of `[Payments]\Contributors`. */
function bareName(name: string): string {
  return name.slice(name.lastIndexOf("\\") + 1).toLowerCase();
}

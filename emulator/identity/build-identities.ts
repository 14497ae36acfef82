/** Who runs act as: one identity of the whole organization, and one of each project. They sign in nowhere. */
import { createHash } from "node:crypto";
import { hostUrl } from "../edition.ts";
import type { OrganizationState, ProjectState, World } from "../world.ts";
import { fromProjects } from "./from-projects.ts";

export interface BuildIdentity {
  readonly id: string;
  /** Subject of graph. */
  readonly descriptor: string;
  /** As access control lists name it. */
  readonly identityDescriptor: string;
  readonly displayName: string;
  /** Id of the project, or of the collection. */
  readonly standsFor: string;
  /** Absent: of the organization. */
  readonly project?: ProjectState;
}

function made(organization: OrganizationState, project: ProjectState | undefined): BuildIdentity {
  const standsFor = project?.id ?? organization.collectionId;
  const name = `${organization.collectionId}:Build:${standsFor}`;
  const hex = createHash("sha256").update(`build identity ${name}`).digest("hex");
  return {
    id: `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`,
    descriptor: `svc.${Buffer.from(name).toString("base64url")}`,
    identityDescriptor: `Microsoft.TeamFoundation.ServiceIdentity;${name}`,
    displayName: `${project?.name ?? "Project Collection"} Build Service (${organization.name})`,
    standsFor,
    ...(project ? { project } : {}),
  };
}

interface Directory {
  readonly all: readonly BuildIdentity[];
  /** By id and by both descriptors, in lower case. */
  readonly byName: ReadonlyMap<string, BuildIdentity>;
  readonly byProject: ReadonlyMap<ProjectState | undefined, BuildIdentity>;
}

const directoryOf = fromProjects<Directory>((organization) => {
  const all = [undefined, ...organization.projects.values()].map((project) => made(organization, project));
  const names = (one: BuildIdentity) => [one.id, one.descriptor, one.identityDescriptor];
  return {
    all,
    byName: new Map(all.flatMap((one) => names(one).map((name) => [name.toLowerCase(), one]))),
    byProject: new Map(all.map((one) => [one.project, one])),
  };
});

export function buildIdentitiesOf(organization: OrganizationState): readonly BuildIdentity[] {
  return directoryOf(organization).all;
}

/** By its id, or by either of its descriptors, without regard to case. */
export function findBuildIdentity(organization: OrganizationState, name: string): BuildIdentity | undefined {
  return directoryOf(organization).byName.get(name.toLowerCase());
}

/** Whom runs of a project act as, or those of the organization. */
export function buildIdentityIn(
  organization: OrganizationState,
  project: ProjectState | undefined,
): BuildIdentity | undefined {
  return directoryOf(organization).byProject.get(project);
}

export function graphBuildIdentity(
  world: World,
  organization: OrganizationState,
  identity: BuildIdentity,
): Record<string, unknown> {
  const base = `${hostUrl(world, "vssps.dev.azure.com")}/${organization.name}/_apis/Graph`;
  const { descriptor } = identity;
  return {
    subjectKind: "user",
    domain: "Build",
    principalName: identity.standsFor,
    mailAddress: "",
    origin: "vsts",
    originId: identity.id,
    displayName: identity.displayName,
    _links: {
      self: { href: `${base}/Users/${descriptor}` },
      memberships: { href: `${base}/Memberships/${descriptor}` },
      membershipState: { href: `${base}/MembershipStates/${descriptor}` },
      storageKey: { href: `${base}/StorageKeys/${descriptor}` },
    },
    url: `${base}/Users/${descriptor}`,
    descriptor,
  };
}

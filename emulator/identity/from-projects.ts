/** What is worked out from all projects of an organization: kept until one comes, goes or is renamed. */
import type { OrganizationState, ProjectState } from "../world.ts";

interface Kept<T> {
  readonly value: T;
  readonly organizationName: string;
  readonly projects: readonly ProjectState[];
  readonly names: readonly string[];
  readonly besides: unknown;
}

/** The world is plain data that anybody may write to, so the projects are compared at each call; that takes microseconds. */
function isCurrent(kept: Kept<unknown>, organization: OrganizationState, besides: unknown): boolean {
  if (kept.besides !== besides || kept.organizationName !== organization.name) return false;
  if (kept.projects.length !== organization.projects.size) return false;
  let index = 0;
  for (const project of organization.projects.values()) {
    if (kept.projects[index] !== project || kept.names[index] !== project.name) return false;
    index += 1;
  }
  return true;
}

/** `besides` answers what else the value is made of: another object or number means that it changed. */
export function fromProjects<T>(
  make: (organization: OrganizationState) => T,
  besides: (organization: OrganizationState) => unknown = () => undefined,
): (organization: OrganizationState) => T {
  const all = new WeakMap<OrganizationState, Kept<T>>();
  return (organization) => {
    const other = besides(organization);
    const kept = all.get(organization);
    if (kept && isCurrent(kept, organization, other)) return kept.value;
    const projects = [...organization.projects.values()];
    const names = projects.map(({ name }) => name);
    const value = make(organization);
    all.set(organization, { value, organizationName: organization.name, projects, names, besides: other });
    return value;
  };
}

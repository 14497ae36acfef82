/** The demo's second organization, in a tenant of its own: the administrator of the first one is a guest there, and administers it, too. */
import { addGuest, addTenant } from "../build-tenants.ts";
import { addMembership, addOrganization, addProject } from "../build-world.ts";
import type { TenantState } from "../entra/tenants.ts";
import type { OrganizationState, RepositoryState, User, World } from "../world.ts";
import { addPerson } from "./add-person.ts";
import { depotNetwork } from "./files/depot-network.ts";
import { fleetTracker } from "./files/fleet-tracker.ts";
import type { PlantedSecrets } from "./planted-secrets.ts";
import { seedRepository } from "./seed-repository.ts";
import { stableId } from "./stable-id.ts";

export interface SecondOrganization {
  readonly organization: OrganizationState;
  readonly tenant: TenantState;
  readonly repositories: readonly RepositoryState[];
}

export async function seedSecondOrganization(
  world: World,
  guest: User,
  secrets: PlantedSecrets,
): Promise<SecondOrganization> {
  const id = stableId("harbourline tenant");
  const tenant = addTenant(world, { id, name: "Harbourline", domains: ["harbourline.example"] });
  const organization = addOrganization(world, "harbourline", { id: stableId("harbourline"), tenantId: id });
  const people = {
    otto: addPerson(world, tenant, "otto", "Otto Reyes"),
    freja: addPerson(world, tenant, "freja", "Freja Lund"),
  };
  addMembership(organization, people.otto, "collection administrators");
  addMembership(organization, people.freja, "contributors");
  addGuest(world, guest, tenant);
  addMembership(organization, guest, "collection administrators");
  const project = addProject(world, organization, "Logistics", {
    id: stableId("project Logistics"),
    description: "Trucks, depots and what moves between them.",
  });
  const place = { world, organization, people, projects: [project] };
  const made = await Promise.all([fleetTracker, depotNetwork].map((build) => seedRepository(place, build(secrets))));
  return { organization, tenant, repositories: made.map(({ repository }) => repository) };
}

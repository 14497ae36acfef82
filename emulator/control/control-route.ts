/** The shape of an operation of the emulator's own door, and finding what its requests name. */
import { type EntraApp, findTenant, type TenantState } from "../entra/tenants.ts";
import { Refusal } from "../route.ts";
import type {
  OrganizationState,
  PersonalAccessToken,
  ProjectState,
  RepositoryState,
  SubscriptionState,
  User,
  World,
} from "../world.ts";

interface ControlCall {
  readonly world: World;
  /** Values of `{name}` segments, decoded. */
  readonly params: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface ControlRoute {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** After `/_emulator`: `/faults/{id}`. */
  readonly path: string;
  /** One line for the list that `GET /_emulator/help` answers. */
  readonly summary: string;
  handle(call: ControlCall): unknown;
}

export function refuse(message: string): Refusal {
  return new Refusal(400, "EmulatorException", message);
}

export function namedOrganization(world: World, name: unknown): OrganizationState {
  const organization = typeof name === "string" ? world.organizations.get(name.toLowerCase()) : undefined;
  if (!organization) throw refuse(`There is no organization ${JSON.stringify(name)}.`);
  return organization;
}

/** By id or domain. */
export function namedTenant(world: World, name: unknown): TenantState {
  const tenant = typeof name === "string" ? findTenant(world, name) : undefined;
  if (!tenant) throw refuse(`There is no tenant ${JSON.stringify(name)}.`);
  return tenant;
}

/** By client id. */
export function namedApp(world: World, clientId: unknown): EntraApp {
  const app = typeof clientId === "string" ? world.entra.apps.get(clientId.toLowerCase()) : undefined;
  if (!app) throw refuse(`There is no app ${JSON.stringify(clientId)}.`);
  return app;
}

/** By id, mail address or display name. */
export function namedUser(world: World, name: unknown): User {
  const wanted = typeof name === "string" ? name.toLowerCase() : "";
  const user = [...world.users.values()].find((one) =>
    [one.id, one.mail, one.displayName].some((text) => text.toLowerCase() === wanted),
  );
  if (!user) throw refuse(`There is no user ${JSON.stringify(name)}.`);
  return user;
}

export function namedProject(organization: OrganizationState, name: unknown): ProjectState {
  const wanted = typeof name === "string" ? name.toLowerCase() : "";
  const project = [...organization.projects.values()].find(
    (one) => one.id === wanted || one.name.toLowerCase() === wanted,
  );
  if (!project) throw refuse(`There is no project ${JSON.stringify(name)}.`);
  return project;
}

export function namedRepository(organization: OrganizationState, name: unknown): RepositoryState {
  const wanted = typeof name === "string" ? name.toLowerCase() : "";
  const repository = [...organization.repositories.values()].find(
    (one) => one.id === wanted || one.name.toLowerCase() === wanted,
  );
  if (!repository) throw refuse(`There is no repository ${JSON.stringify(name)}.`);
  return repository;
}

export function namedToken(world: World, value: unknown): PersonalAccessToken {
  const token = world.tokens.find((one) => one.value === value);
  if (!token) throw refuse("There is no such token.");
  return token;
}

export function namedSubscription(world: World, id: unknown): SubscriptionState {
  const all = [...world.organizations.values()].flatMap((organization) => organization.subscriptions);
  const subscription = all.find((one) => one.id === id);
  if (!subscription) throw refuse(`There is no subscription ${JSON.stringify(id)}.`);
  return subscription;
}

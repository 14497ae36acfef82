/** A person of a seed, with the same id in every run, at home in a tenant. */
import { addAccount, type TenantState } from "../entra/tenants.ts";
import type { User, World } from "../world.ts";
import { stableId } from "./stable-id.ts";

export function addPerson(world: World, tenant: TenantState, key: string, displayName: string): User {
  const id = stableId(`person ${key}`);
  const descriptor = `aad.${Buffer.from(id).toString("base64url")}`;
  const user: User = { id, displayName, mail: `${key}@${tenant.domains[0]}`, descriptor };
  world.users.set(id, user);
  addAccount(user, tenant);
  return user;
}

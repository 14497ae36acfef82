/** All operations that the emulator serves, joined from the areas. */
import { routes as administration } from "./administration/routes.ts";
import { routes as build } from "./build/routes.ts";
import { routes as core } from "./core/routes.ts";
import { routes as git } from "./git/routes.ts";
import { routes as hooks } from "./hooks/routes.ts";
import { routes as identity } from "./identity/routes.ts";
import { routes as inventory } from "./inventory/routes.ts";
import { locationRoutes } from "./location/routes.ts";
import { routes as policy } from "./policy/routes.ts";
import { routes as pullRequests } from "./pull-requests/routes.ts";
import type { Route } from "./route.ts";
import { routes as security } from "./security/routes.ts";
import { routes as workItems } from "./work-items/routes.ts";

const areas: readonly Route[] = [
  ...core,
  ...git,
  ...pullRequests,
  ...policy,
  ...build,
  ...workItems,
  ...hooks,
  ...identity,
  ...administration,
  ...security,
  ...inventory,
];

export const routes: readonly Route[] = [...areas, ...locationRoutes(areas)];

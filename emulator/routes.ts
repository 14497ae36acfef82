/** All operations that the emulator serves, joined from the areas. */
import { routes as core } from "./core/routes.ts";
import { routes as git } from "./git/routes.ts";
import { routes as hooks } from "./hooks/routes.ts";
import { routes as identity } from "./identity/routes.ts";
import type { Route } from "./route.ts";

export const routes: readonly Route[] = [...core, ...git, ...hooks, ...identity];

/** Operations of the core area: projects, teams, operations. */
import type { Route } from "../route.ts";
import { operationRoutes } from "./operations.ts";
import { projectRoutes } from "./projects.ts";
import { teamRoutes } from "./teams.ts";

export const routes: readonly Route[] = [...projectRoutes, ...teamRoutes, ...operationRoutes];

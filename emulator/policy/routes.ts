/** All routes of policies. */
import type { Route } from "../route.ts";
import { routes as configurations } from "./configurations.ts";
import { routes as evaluations } from "./evaluations.ts";

export const routes: readonly Route[] = [...configurations, ...evaluations];

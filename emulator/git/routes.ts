/** Operations of the git area, except those of pull requests. */
import type { Route } from "../route.ts";
import { commitRoutes } from "./commits.ts";
import { itemRoutes } from "./items.ts";
import { objectRoutes } from "./objects.ts";
import { pushRoutes } from "./pushes.ts";
import { refRoutes } from "./refs.ts";
import { repositoryRoutes } from "./repositories.ts";

export const routes: readonly Route[] = [
  ...repositoryRoutes,
  ...refRoutes,
  ...itemRoutes,
  ...objectRoutes,
  ...commitRoutes,
  ...pushRoutes,
];

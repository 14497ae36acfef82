/** Operations on what pipelines use: pools and queues, libraries, service connections, feeds, extensions, releases. */
import type { Route } from "../route.ts";
import { agentPoolRoutes } from "./agent-pools.ts";
import { approvalsAndChecksRoutes } from "./approvals-and-checks.ts";
import { environmentRoutes } from "./environments.ts";
import { extensionRoutes } from "./extensions.ts";
import { feedRoutes } from "./feeds.ts";
import { pipelineLibraryRoutes } from "./pipeline-library.ts";
import { pipelinePermissionRoutes } from "./pipeline-permissions.ts";
import { releaseRoutes } from "./releases.ts";
import { secureFileRoutes } from "./secure-files.ts";
import { serviceEndpointRoutes } from "./service-endpoints.ts";
import { taskRoutes } from "./tasks.ts";

export const routes: readonly Route[] = [
  ...agentPoolRoutes,
  ...pipelineLibraryRoutes,
  ...serviceEndpointRoutes,
  ...feedRoutes,
  ...extensionRoutes,
  ...releaseRoutes,
  ...approvalsAndChecksRoutes,
  ...pipelinePermissionRoutes,
  ...environmentRoutes,
  ...secureFileRoutes,
  ...taskRoutes,
];

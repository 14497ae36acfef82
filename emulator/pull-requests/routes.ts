/** All routes of pull requests and statuses. */
import type { Route } from "../route.ts";
import { routes as comments } from "./comments.ts";
import { routes as commitStatuses } from "./commit-statuses.ts";
import { routes as create } from "./create-pull-request.ts";
import { routes as iterations } from "./iterations.ts";
import { routes as labels } from "./labels.ts";
import { routes as read } from "./read-pull-requests.ts";
import { routes as reviewers } from "./reviewers.ts";
import { routes as statuses } from "./statuses.ts";
import { routes as threads } from "./threads.ts";
import { routes as update } from "./update-pull-request.ts";

export const routes: readonly Route[] = [
  ...read,
  ...create,
  ...update,
  ...iterations,
  ...threads,
  ...comments,
  ...reviewers,
  ...statuses,
  ...labels,
  ...commitStatuses,
];

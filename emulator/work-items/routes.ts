/** All routes of work-item tracking. */
import type { Route } from "../route.ts";
import { routes as nodes } from "./classification-nodes.ts";
import { routes as wiql } from "./wiql.ts";
import { routes as comments } from "./work-item-comments.ts";
import { routes as process } from "./work-item-process.ts";
import { routes as items } from "./work-items.ts";

export const routes: readonly Route[] = [...items, ...comments, ...process, ...wiql, ...nodes];

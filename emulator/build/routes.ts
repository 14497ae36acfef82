/** All routes of builds and pipelines. */
import type { Route } from "../route.ts";
import { routes as records } from "./build-records.ts";
import { routes as builds } from "./builds.ts";
import { routes as definitions } from "./definitions.ts";
import { routes as pipelines } from "./pipelines.ts";

export const routes: readonly Route[] = [...definitions, ...builds, ...records, ...pipelines];

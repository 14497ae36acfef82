/** All routes of builds and pipelines. */
import type { Route } from "../route.ts";
import { routes as records } from "./build-records.ts";
import { routes as builds } from "./builds.ts";
import { routes as definitions } from "./definitions.ts";
import { routes as settings } from "./general-settings.ts";
import { routes as pipelines } from "./pipelines.ts";
import { routes as runs } from "./run-records.ts";

export const routes: readonly Route[] = [...definitions, ...builds, ...records, ...runs, ...settings, ...pipelines];

/** Everything that is read of an organization, one collector for each kind of facts. */
import type { Collector } from "./collector.ts";
import { collectorsOfOrganization } from "./collectors-of-organization.ts";
import { collectorsOfPipelines } from "./collectors-of-pipelines.ts";

export const collectors: readonly Collector[] = [...collectorsOfOrganization, ...collectorsOfPipelines];

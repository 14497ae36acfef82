/** Collectors of what people, resources and the organization hold; those of code and pipelines stand beside it. */
import type { Collector } from "./collector.ts";

export const collectorsOfOrganization: readonly Collector[] = [];

/** The languages of infrastructure that are read. A file may belong to several: a manifest can stand in a chart's folder. */
import type { Language } from "./language.ts";
import { cloudformation } from "./languages/cloudformation/cloudformation.ts";
import { dockerfile } from "./languages/dockerfile/dockerfile.ts";
import { kubernetes } from "./languages/kubernetes/kubernetes.ts";

export const languages: readonly Language[] = [cloudformation, dockerfile, kubernetes];

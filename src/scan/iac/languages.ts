/** The languages of infrastructure that are read. A file may belong to several: a manifest can stand in a chart's folder. */
import type { Language } from "./language.ts";

export const languages: readonly Language[] = [];

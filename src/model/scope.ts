import type { InstanceId } from "./ids.ts";

/** What a signed-in person may see; every query of the API takes one. */
export type Scope = { readonly is: "everything" } | { readonly is: "instances"; readonly ids: readonly InstanceId[] };

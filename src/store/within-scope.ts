/** The condition that keeps a query inside what the signed-in person may see. */
import { type RawBuilder, sql } from "kysely";
import type { Scope } from "#model/scope.ts";

/** `column` is a column of an instance id, e.g. `repositories.instanceId`. */
export function withinScope(scope: Scope, column: string): RawBuilder<boolean> {
  if (scope.is === "everything") return sql<boolean>`true`;
  return sql<boolean>`${sql.ref(column)} = any(${[...scope.ids]}::uuid[])`;
}

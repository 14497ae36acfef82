/** All migrations in order. They only go forward; a released one never changes. */
import type { Migration } from "kysely/migration";
import { up as first } from "./migrations/0001-first.ts";

export const migrations: Readonly<Record<string, Migration>> = {
  "0001-first": { up: first },
};

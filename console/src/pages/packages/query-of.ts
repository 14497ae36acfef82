/** The filters of the address as the server's API takes them. */
import type { LicensesQuery } from "#api/packages/contract.ts";
import type { LicenseFilters } from "../../search-filters.ts";

type Shared = { readonly [Name in keyof LicensesQuery]?: LicensesQuery[Name] | undefined };

export function queryOf({ ecosystem, relation, needed, repositoryId, instanceId }: LicenseFilters): Shared {
  return {
    ecosystem,
    relation,
    repositoryId,
    instanceId,
    isDevelopment: needed === undefined ? undefined : needed === "development",
  };
}

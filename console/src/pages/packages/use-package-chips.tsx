/** The filters of the address, as chips. */
import type { LicenseFilters, PackageFilters } from "../../search-filters.ts";
import type { Chip } from "../../ui/filter-chips.tsx";
import { saidChips, searched } from "../../ui/said-chips.ts";
import { usePlaceNames } from "../../ui/use-place-names.ts";
import { wordChips } from "../../ui/word-filters.tsx";
import { packageWordFilters } from "./package-filters.tsx";

export function usePackageChips(filters: PackageFilters, change: (next: PackageFilters) => void): Chip[] {
  const { search, undeclared, license } = filters;
  const said =
    undeclared === undefined
      ? { search: searched(search), license }
      : { search: searched(search), undeclared: "Licence not said" };
  return [...saidChips(said, change), ...useSharedChips(filters, change)];
}

export function useSharedChips(filters: LicenseFilters, change: (next: LicenseFilters) => void): Chip[] {
  const { needed } = filters;
  const said = {
    needed: needed === undefined ? undefined : needed === "production" ? "Production" : "Development",
    ...usePlaceNames(filters),
  };
  return [...wordChips({ of: packageWordFilters, filters, onChange: change }), ...saidChips(said, change)];
}

/** The filters of the address, as chips. */
import { useQuery } from "@tanstack/react-query";
import { ask } from "../../api.ts";
import type { LicenseFilters, PackageFilters } from "../../search-filters.ts";
import type { Chip } from "../../ui/filter-chips.tsx";
import { wordChips } from "../../ui/word-filters.tsx";
import { packageWordFilters } from "./package-filters.tsx";

export function usePackageChips(filters: PackageFilters, change: (next: PackageFilters) => void): Chip[] {
  const shared = useSharedChips(filters, change);
  const chips: Chip[] = [];
  const add = (key: string, name: string, remove: () => void) => chips.push({ key, name, label: name, remove });
  if (filters.search !== undefined) add("search", `“${filters.search}”`, () => change({ search: undefined }));
  if (filters.undeclared !== undefined) {
    add("license", "Licence not said", () => change({ undeclared: undefined }));
  } else if (filters.license !== undefined) {
    add("license", filters.license, () => change({ license: undefined }));
  }
  return [...chips, ...shared];
}

export function useSharedChips(filters: LicenseFilters, change: (next: LicenseFilters) => void): Chip[] {
  const { repositoryId, instanceId, needed } = filters;
  const repository = useQuery({ ...ask.repository(repositoryId ?? ""), enabled: repositoryId !== undefined });
  const instances = useQuery({ ...ask.instances(), enabled: instanceId !== undefined });
  const chips = wordChips({ of: packageWordFilters, filters, onChange: change });
  const add = (key: string, name: string, remove: () => void) => chips.push({ key, name, label: name, remove });
  if (needed !== undefined) {
    const name = needed === "production" ? "Production" : "Development";
    add("needed", name, () => change({ needed: undefined }));
  }
  if (repositoryId !== undefined) {
    add("repository", repository.data?.name ?? "One repository", () => change({ repositoryId: undefined }));
  }
  if (instanceId !== undefined) {
    const name = instances.data?.rows.find(({ id }) => id === instanceId)?.name ?? "One instance";
    add("instance", name, () => change({ instanceId: undefined }));
  }
  return chips;
}

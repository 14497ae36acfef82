/** The filters of the address, as chips. */
import { useQuery } from "@tanstack/react-query";
import { ask } from "../../api.ts";
import type { SecretFilters } from "../../search-filters.ts";
import type { Chip } from "../../ui/filter-chips.tsx";
import { wordChips } from "../../ui/word-filters.tsx";
import { liveVerdicts, secretPlaces } from "../../ui/words.ts";
import { secretWordFilters } from "./secret-filters.tsx";

export function useSecretChips(filters: SecretFilters, change: (next: SecretFilters) => void): Chip[] {
  const { search, provider, rule, live, place, repositoryId, instanceId } = filters;
  const repository = useQuery({ ...ask.repository(repositoryId ?? ""), enabled: repositoryId !== undefined });
  const instances = useQuery({ ...ask.instances(), enabled: instanceId !== undefined });
  const instance = instances.data?.rows.find(({ id }) => id === instanceId);
  const said: Readonly<Record<string, string | undefined>> = {
    search: search === undefined ? undefined : `“${search}”`,
    place: place === undefined ? undefined : secretPlaces[place].label,
    live: live === undefined ? undefined : liveVerdicts[live].label,
    provider,
    rule,
    repositoryId: repositoryId === undefined ? undefined : (repository.data?.name ?? "One repository"),
    instanceId: instanceId === undefined ? undefined : (instance?.name ?? "One instance"),
  };
  return [
    ...wordChips({ of: secretWordFilters, filters, onChange: change }),
    ...Object.entries(said).flatMap(([key, name]) =>
      name === undefined ? [] : [{ key, name, label: name, remove: () => change({ [key]: undefined }) }],
    ),
  ];
}

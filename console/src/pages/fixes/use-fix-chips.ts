/** The filters of the address, as chips. */
import { useQuery } from "@tanstack/react-query";
import { ask } from "../../api.ts";
import { type FixFilters, fixStateWords } from "../../search-filters.ts";
import type { Chip } from "../../ui/filter-chips.tsx";
import { wordChips, wordFilter } from "../../ui/word-filters.tsx";
import { fixStates } from "../../ui/words.ts";

export const fixWordFilters = [
  wordFilter({ key: "state", label: "State", words: fixStateWords, say: (state) => fixStates[state].label }),
] as const;

export function useFixChips(filters: FixFilters, change: (next: FixFilters) => void): Chip[] {
  const { repositoryId, instanceId, fingerprint } = filters;
  const repository = useQuery({ ...ask.repository(repositoryId ?? ""), enabled: repositoryId !== undefined });
  const instances = useQuery({ ...ask.instances(), enabled: instanceId !== undefined });
  const instance = instances.data?.rows.find(({ id }) => id === instanceId);
  const said: Readonly<Record<string, string | undefined>> = {
    repositoryId: repositoryId === undefined ? undefined : (repository.data?.name ?? "One repository"),
    instanceId: instanceId === undefined ? undefined : (instance?.name ?? "One instance"),
    fingerprint: fingerprint === undefined ? undefined : "Of one problem",
  };
  return [
    ...wordChips({ of: fixWordFilters, filters, onChange: change }),
    ...Object.entries(said).flatMap(([key, name]) =>
      name === undefined ? [] : [{ key, name, label: name, remove: () => change({ [key]: undefined }) }],
    ),
  ];
}

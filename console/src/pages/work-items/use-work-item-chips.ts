/** The filters of the address, as chips. */
import { useQuery } from "@tanstack/react-query";
import { ask } from "../../api.ts";
import { type WorkItemFilters, workItemStateWords } from "../../search-filters.ts";
import type { Chip } from "../../ui/filter-chips.tsx";
import { wordChips, wordFilter } from "../../ui/word-filters.tsx";
import { workItemStates } from "../../ui/words.ts";

export const workItemWordFilters = [
  wordFilter({ key: "state", label: "State", words: workItemStateWords, say: (state) => workItemStates[state].label }),
] as const;

export function useWorkItemChips(filters: WorkItemFilters, change: (next: WorkItemFilters) => void): Chip[] {
  const { repositoryId, instanceId, issueId } = filters;
  const repository = useQuery({ ...ask.repository(repositoryId ?? ""), enabled: repositoryId !== undefined });
  const instances = useQuery({ ...ask.instances(), enabled: instanceId !== undefined });
  const instance = instances.data?.rows.find(({ id }) => id === instanceId);
  const said: Readonly<Record<string, string | undefined>> = {
    repositoryId: repositoryId === undefined ? undefined : (repository.data?.name ?? "One repository"),
    instanceId: instanceId === undefined ? undefined : (instance?.name ?? "One instance"),
    issueId: issueId === undefined ? undefined : "Of one issue",
  };
  return [
    ...wordChips({ of: workItemWordFilters, filters, onChange: change }),
    ...Object.entries(said).flatMap(([key, name]) =>
      name === undefined ? [] : [{ key, name, label: name, remove: () => change({ [key]: undefined }) }],
    ),
  ];
}

/** The filters of the address, as chips. */
import { useQuery } from "@tanstack/react-query";
import { ask } from "../../api.ts";
import type { IssueFilters } from "../../search-filters.ts";
import { without } from "../../search-text.ts";
import type { Chip } from "../../ui/filter-chips.tsx";
import { wordChips } from "../../ui/word-filters.tsx";
import { ecosystemLabels, noveltyLabels } from "../../ui/words.ts";
import { issueWordFilters } from "./issue-filters.tsx";

export function useIssueChips(filters: IssueFilters, change: (next: IssueFilters) => void): Chip[] {
  const repository = useQuery({
    ...ask.repository(filters.repositoryId ?? ""),
    enabled: filters.repositoryId !== undefined,
  });
  const instances = useQuery({ ...ask.instances(), enabled: filters.instanceId !== undefined });
  const chips: Chip[] = [];
  const add = (key: string, name: string, remove: () => void) => chips.push({ key, name, label: name, remove });
  if (filters.search !== undefined) {
    add("search", `“${filters.search}”`, () => change({ search: undefined }));
  }
  chips.push(...wordChips({ of: issueWordFilters, filters, onChange: change }));
  if (filters.repositoryId !== undefined) {
    add("repository", repository.data?.name ?? "one repository", () => change({ repositoryId: undefined }));
  }
  if (filters.instanceId !== undefined) {
    const name = instances.data?.rows.find((row) => row.id === filters.instanceId)?.name;
    add("instance", name ?? "one instance", () => change({ instanceId: undefined }));
  }
  if (filters.package !== undefined) {
    const remove = () => change({ package: undefined, ecosystem: undefined });
    const where = filters.ecosystem === undefined ? "" : ` (${ecosystemLabels[filters.ecosystem]})`;
    add("package", `${filters.package}${where}`, remove);
  } else if (filters.ecosystem !== undefined) {
    add("ecosystem", ecosystemLabels[filters.ecosystem], () => change({ ecosystem: undefined }));
  }
  if (filters.novelty !== undefined) {
    add("novelty", noveltyLabels[filters.novelty], () => change({ novelty: undefined }));
  }
  if (filters.owner !== undefined) add("owner", filters.owner, () => change({ owner: undefined }));
  for (const tag of filters.tag ?? []) {
    add(`tag ${tag}`, `tagged ${tag}`, () => change({ tag: without(filters.tag, tag) }));
  }
  if (filters.fingerprint !== undefined) add("secret", "One secret", () => change({ fingerprint: undefined }));
  if (filters.fixAvailable !== undefined) {
    add("fix", "With a fix at hand", () => change({ fixAvailable: undefined }));
  }
  if (filters.archived !== undefined) add("archived", "Archived", () => change({ archived: undefined }));
  if (filters.rule !== undefined) add("rule", filters.rule, () => change({ rule: undefined }));
  return chips;
}

/** Repositories as the rows of a list under their projects, in the order of names. */
import type { ChoosableRepository } from "#api/connections/contract.ts";

export type PickerRow =
  | { readonly is: "project"; readonly name: string; readonly organization: string; readonly ids: readonly string[] }
  | { readonly is: "repository"; readonly repository: ChoosableRepository };

const order = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });

export function groupRows(
  repositories: readonly ChoosableRepository[],
  search: string,
): { readonly rows: readonly PickerRow[]; readonly shown: readonly ChoosableRepository[] } {
  const wanted = search.trim().toLowerCase();
  const shown = repositories.filter((repository) =>
    `${repository.project}/${repository.name}`.toLowerCase().includes(wanted),
  );
  const projects = [...Map.groupBy(shown, (repository) => repository.projectId).values()];
  projects.sort(
    (a, b) =>
      order.compare(a[0]?.organization ?? "", b[0]?.organization ?? "") ||
      order.compare(a[0]?.project ?? "", b[0]?.project ?? ""),
  );
  const rows: PickerRow[] = [];
  for (const members of projects) {
    const [first] = members;
    if (first === undefined) continue;
    const sorted = members.toSorted((a, b) => order.compare(a.name, b.name));
    rows.push({
      is: "project",
      name: first.project,
      organization: first.organization,
      ids: sorted.map((repository) => repository.id),
    });
    for (const repository of sorted) rows.push({ is: "repository", repository });
  }
  return { rows, shown };
}

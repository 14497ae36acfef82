/** Repositories as the rows of a list under their projects, in the order of names; folded projects show their head only. */
import type { ChoosableRepositories, ChoosableRepository } from "#api/connections/contract.ts";

export type ChoosableProject = ChoosableRepositories["projects"][number];

export type PickerRow =
  | {
      readonly is: "project";
      readonly id: string;
      readonly name: string;
      readonly organization: string;
      readonly repositories: readonly string[];
      readonly folded: boolean;
    }
  | { readonly is: "repository"; readonly repository: ChoosableRepository }
  | { readonly is: "unsupported"; readonly project: ChoosableProject };

const order = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });

interface Wish {
  readonly repositories: readonly ChoosableRepository[];
  readonly projects: readonly ChoosableProject[];
  readonly search: string;
  /** Ids of projects. A search unfolds everything it finds. */
  readonly folded: ReadonlySet<string>;
}

export function groupRows({ repositories, projects, search, folded }: Wish): {
  readonly rows: readonly PickerRow[];
  readonly shown: readonly ChoosableRepository[];
} {
  const wanted = search.trim().toLowerCase();
  const shown = repositories.filter((repository) =>
    `${repository.project}/${repository.name}`.toLowerCase().includes(wanted),
  );
  const groups = [...Map.groupBy(shown, (repository) => repository.projectId).values()];
  groups.sort(
    (a, b) =>
      order.compare(a[0]?.organization ?? "", b[0]?.organization ?? "") ||
      order.compare(a[0]?.project ?? "", b[0]?.project ?? ""),
  );
  const rows: PickerRow[] = [];
  for (const members of groups) {
    const [first] = members;
    if (first === undefined) continue;
    const isFolded = wanted === "" && folded.has(first.projectId);
    const sorted = members.toSorted((a, b) => order.compare(a.name, b.name));
    rows.push({
      is: "project",
      id: first.projectId,
      name: first.project,
      organization: first.organization,
      repositories: sorted.map((repository) => repository.id),
      folded: isFolded,
    });
    if (!isFolded) for (const repository of sorted) rows.push({ is: "repository", repository });
  }
  for (const project of projects) {
    if (!project.isSupported && project.name.toLowerCase().includes(wanted)) rows.push({ is: "unsupported", project });
  }
  return { rows, shown };
}

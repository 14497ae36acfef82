/** The filters that packages and licences share: where from, how they come in, what for, and in which repository. */
import { SegmentedControl } from "@mantine/core";
import type { ReactNode } from "react";
import { ecosystemWords, type LicenseFilters, relationWords } from "../../search-filters.ts";
import { RepositoryPicker } from "../../ui/repository-picker.tsx";
import { WordFilters, wordFilter } from "../../ui/word-filters.tsx";
import { ecosystemLabels, relationLabels } from "../../ui/words.ts";

export const packageWordFilters = [
  wordFilter({ key: "ecosystem", label: "Ecosystem", words: ecosystemWords, say: (word) => ecosystemLabels[word] }),
  wordFilter({ key: "relation", label: "Comes in", words: relationWords, say: (word) => relationLabels[word] }),
] as const;

interface Properties {
  readonly filters: LicenseFilters;
  readonly onChange: (change: LicenseFilters) => void;
  /** More controls of the same kind. */
  readonly children?: ReactNode;
}

export function PackageFilterControls({ filters, onChange, children }: Properties) {
  return (
    <>
      <WordFilters of={packageWordFilters} filters={filters} onChange={onChange} />
      <RepositoryPicker repositoryId={filters.repositoryId} onChange={(repositoryId) => onChange({ repositoryId })} />
      {children}
      <SegmentedControl
        aria-label="Needed for"
        value={filters.needed ?? "all"}
        onChange={(value) =>
          onChange({ needed: value === "production" || value === "development" ? value : undefined })
        }
        data={[
          { value: "all", label: "All" },
          { value: "production", label: "Production" },
          { value: "development", label: "Development" },
        ]}
      />
    </>
  );
}

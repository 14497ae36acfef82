/** The filters that packages and licences share: where from, how they come in, what for, and in which repository. */
import { SegmentedControl } from "@mantine/core";
import type { ReactNode } from "react";
import { ecosystemWords, type LicenseFilters, relationWords } from "../../search-filters.ts";
import { FilterMenu } from "../../ui/filter-menu.tsx";
import { RepositoryPicker } from "../../ui/repository-picker.tsx";
import { ecosystemLabels, relationLabels } from "../../ui/words.ts";

interface Properties {
  readonly filters: LicenseFilters;
  readonly onChange: (change: LicenseFilters) => void;
  /** More controls of the same kind. */
  readonly children?: ReactNode;
}

export function PackageFilterControls({ filters, onChange, children }: Properties) {
  return (
    <>
      <FilterMenu
        label="Ecosystem"
        words={ecosystemWords}
        chosen={filters.ecosystem ?? []}
        say={(ecosystem) => ecosystemLabels[ecosystem]}
        onChange={(ecosystem) => onChange({ ecosystem })}
      />
      <FilterMenu
        label="Comes in"
        words={relationWords}
        chosen={filters.relation ?? []}
        say={(relation) => relationLabels[relation]}
        onChange={(relation) => onChange({ relation })}
      />
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

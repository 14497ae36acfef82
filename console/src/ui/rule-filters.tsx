/** The filters that issues and policies share, for both are told by their rules: severity, category and framework. */
import { frameworkWords, scannerWords, severityWords } from "../search-filters.ts";
import { FilterMenu } from "./filter-menu.tsx";
import { Severity } from "./severity.tsx";
import { frameworkLabels, scannerLabels } from "./words.ts";

interface RuleFilterValues {
  readonly severity?: (typeof severityWords)[number][] | undefined;
  readonly scanner?: (typeof scannerWords)[number][] | undefined;
  readonly framework?: (typeof frameworkWords)[number][] | undefined;
}

export function RuleFilters({
  filters,
  onChange,
}: {
  readonly filters: RuleFilterValues;
  readonly onChange: (change: RuleFilterValues) => void;
}) {
  return (
    <>
      <FilterMenu
        label="Severity"
        words={severityWords}
        chosen={filters.severity ?? []}
        say={(severity) => <Severity severity={severity} />}
        onChange={(severity) => onChange({ severity })}
      />
      <FilterMenu
        label="Category"
        words={scannerWords}
        chosen={filters.scanner ?? []}
        say={(scanner) => scannerLabels[scanner]}
        onChange={(scanner) => onChange({ scanner })}
      />
      <FilterMenu
        label="Framework"
        words={frameworkWords}
        chosen={filters.framework ?? []}
        say={(framework) => frameworkLabels[framework]}
        onChange={(framework) => onChange({ framework })}
      />
    </>
  );
}

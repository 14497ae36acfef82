/** What secrets are filtered by: how bad, decided or not, whose, where, and whether they still open something. */
import { Select } from "@mantine/core";
import { liveWords, type SecretFilters, secretPlaceWords } from "../../search-filters.ts";
import { RepositoryPicker } from "../../ui/repository-picker.tsx";
import { severityFilter, stateFilter, WordFilters } from "../../ui/word-filters.tsx";
import { liveVerdicts, secretPlaces } from "../../ui/words.ts";

export const secretWordFilters = [severityFilter, stateFilter] as const;

interface Properties {
  readonly filters: SecretFilters;
  readonly providers: readonly string[];
  readonly onChange: (change: SecretFilters) => void;
}

export function SecretFilterControls({ filters, providers, onChange }: Properties) {
  const { provider } = filters;
  const known = provider === undefined || providers.includes(provider) ? providers : [provider, ...providers];
  return (
    <>
      <WordFilters of={secretWordFilters} filters={filters} onChange={onChange} />
      <Select
        aria-label="Provider"
        placeholder="Any provider"
        searchable
        clearable
        w={140}
        limit={100}
        value={provider ?? null}
        data={[...known]}
        nothingFoundMessage="No secret is of such a provider"
        onChange={(value) => onChange({ provider: value ?? undefined })}
        clearButtonProps={{ "aria-label": "Any provider" }}
      />
      <Select
        aria-label="Place"
        placeholder="Anywhere"
        clearable
        w={140}
        value={filters.place ?? null}
        data={secretPlaceWords.map((word) => ({ value: word, label: secretPlaces[word].label }))}
        onChange={(value) => onChange({ place: secretPlaceWords.find((word) => word === value) })}
        clearButtonProps={{ "aria-label": "Anywhere" }}
      />
      <Select
        aria-label="Live"
        placeholder="Live or not"
        clearable
        w={128}
        value={filters.live ?? null}
        data={liveWords.map((word) => ({ value: word, label: liveVerdicts[word].label }))}
        onChange={(value) => onChange({ live: liveWords.find((word) => word === value) })}
        clearButtonProps={{ "aria-label": "Live or not" }}
      />
      <RepositoryPicker repositoryId={filters.repositoryId} onChange={(repositoryId) => onChange({ repositoryId })} />
    </>
  );
}

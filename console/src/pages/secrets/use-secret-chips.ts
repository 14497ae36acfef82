/** The filters of the address, as chips. */
import type { SecretFilters } from "../../search-filters.ts";
import type { Chip } from "../../ui/filter-chips.tsx";
import { saidChips, searched } from "../../ui/said-chips.ts";
import { usePlaceNames } from "../../ui/use-place-names.ts";
import { wordChips } from "../../ui/word-filters.tsx";
import { liveVerdicts, secretPlaces } from "../../ui/words.ts";
import { secretWordFilters } from "./secret-filters.tsx";

export function useSecretChips(filters: SecretFilters, change: (next: SecretFilters) => void): Chip[] {
  const { search, provider, rule, live, place } = filters;
  const said = {
    search: searched(search),
    place: place === undefined ? undefined : secretPlaces[place].label,
    live: live === undefined ? undefined : liveVerdicts[live].label,
    provider,
    rule,
    ...usePlaceNames(filters),
  };
  return [...wordChips({ of: secretWordFilters, filters, onChange: change }), ...saidChips(said, change)];
}

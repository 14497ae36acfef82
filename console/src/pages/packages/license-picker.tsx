/** Chooses one of the licences that packages declare, or that their manifests do not say it. */
import { Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { ask } from "../../api.ts";
import type { PackageFilters } from "../../search-filters.ts";
import { queryOf } from "./query-of.ts";

/** No licence is called so: it has a space at its end. */
const none = "none ";

interface Properties {
  readonly filters: PackageFilters;
  readonly onChange: (change: PackageFilters) => void;
}

export function LicensePicker({ filters, onChange }: Properties) {
  const chosen = filters.undeclared === undefined ? (filters.license ?? null) : none;
  const { data } = useQuery(ask.licenses(queryOf(filters)));
  const words = new Set((data?.rows ?? []).map(({ license }) => (license === "" ? none : license)));
  if (chosen !== null) words.add(chosen);
  return (
    <Select
      aria-label="Licence"
      placeholder="Any licence"
      searchable
      clearable
      w={140}
      limit={100}
      value={chosen}
      data={[...words].map((word) => ({ value: word, label: word === none ? "Not said" : word }))}
      nothingFoundMessage="No package declares such a licence"
      onChange={(value) =>
        onChange(
          value === none
            ? { undeclared: "true", license: undefined }
            : { undeclared: undefined, license: value ?? undefined },
        )
      }
      clearButtonProps={{ "aria-label": "Any licence" }}
    />
  );
}

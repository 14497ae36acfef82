/** Chooses one repository by a part of its name; the server searches. */
import { Select } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ask } from "../api.ts";

interface Properties {
  readonly repositoryId: string | undefined;
  /** Only those of this instance. */
  readonly instanceId?: string;
  readonly onChange: (repositoryId: string | undefined) => void;
}

export function RepositoryPicker({ repositoryId, instanceId, onChange }: Properties) {
  const [typed, setTyped] = useState("");
  const chosen = useQuery({ ...ask.repository(repositoryId ?? ""), enabled: repositoryId !== undefined }).data;
  // With one chosen the field holds its name, which is no search.
  const isName = repositoryId !== undefined && typed === (chosen?.name ?? "");
  const [search] = useDebouncedValue(isName || typed === "" ? undefined : typed, 200);
  const found = useQuery(ask.repositories({ search, instanceId, chosen: true, limit: 20 })).data?.rows ?? [];
  const rows = chosen === undefined || found.some(({ id }) => id === chosen.id) ? found : [chosen, ...found];
  return (
    <Select
      aria-label="Repository"
      placeholder="Any repository"
      searchable
      clearable
      w={165}
      value={chosen === undefined ? null : chosen.id}
      searchValue={typed}
      onSearchChange={setTyped}
      // The server has searched already.
      filter={({ options }) => options}
      data={rows.map(({ id, name }) => ({ value: id, label: name }))}
      nothingFoundMessage="No repository has that in its name"
      onChange={(value) => onChange(value ?? undefined)}
      clearButtonProps={{ "aria-label": "Any repository" }}
    />
  );
}

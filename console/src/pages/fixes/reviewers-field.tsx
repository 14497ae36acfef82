/** Who is asked to review fixes: people and groups of Azure DevOps, found by their names. */
import { MultiSelect } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Reviewers } from "#api/fixes/contract.ts";
import { ask } from "../../api.ts";

interface Properties {
  readonly instanceId: string;
  /** Ids. */
  readonly reviewers: readonly string[];
  readonly error: string | undefined;
  readonly onChange: (reviewers: string[]) => void;
}

const shortest = 2;

export function ReviewersField({ instanceId, reviewers, error, onChange }: Properties) {
  const [typed, setTyped] = useState("");
  const [search] = useDebouncedValue(typed.trim(), 250);
  // Of those chosen here the names are known already.
  const [known, setKnown] = useState<Reviewers["rows"]>([]);
  const unnamed = reviewers.filter((id) => known.every((one) => one.id !== id));
  const named = useQuery({ ...ask.reviewers(instanceId, { id: unnamed }), enabled: unnamed.length > 0 });
  const found = useQuery({ ...ask.reviewers(instanceId, { search }), enabled: search.length >= shortest });
  const rows = [...known, ...(named.data?.rows ?? []), ...(found.data?.rows ?? [])];
  const names = new Map(rows.map((one) => [one.id, one]));
  const shown = search.length >= shortest ? (found.data?.rows ?? []) : [];
  const options = [...new Set([...reviewers, ...shown.map(({ id }) => id)])];
  return (
    <MultiSelect
      label="Reviewers"
      description="People or groups in Azure DevOps. Whom branch policies require is asked anyway."
      placeholder={reviewers.length === 0 ? "A name or an e-mail address" : ""}
      searchable
      hidePickedOptions
      maxValues={20}
      value={[...reviewers]}
      data={options.map((id) => ({ value: id, label: sayReviewer(names.get(id), id) }))}
      // The server has looked already, at more than the label.
      filter={({ options: all }) => all}
      searchValue={typed}
      onSearchChange={setTyped}
      nothingFoundMessage={sayNothing(search, found)}
      error={error ?? (named.error === null ? undefined : `Their names cannot be read: ${named.error.message}`)}
      onChange={(ids) => {
        setKnown(rows.filter(({ id }) => ids.includes(id)));
        onChange(ids);
      }}
    />
  );
}

function sayReviewer(one: Reviewers["rows"][number] | undefined, id: string): string {
  if (one === undefined) return id;
  return one.account === null || one.account === one.name ? one.name : `${one.name} (${one.account})`;
}

function sayNothing(
  search: string,
  { isFetching, error }: { readonly isFetching: boolean; readonly error: Error | null },
) {
  if (search.length < shortest) return "Type a name or an e-mail address";
  if (error !== null) return `Azure DevOps cannot be asked: ${error.message}`;
  return isFetching
    ? "Looking in Azure DevOps"
    : "Nobody is found; a whole name or e-mail address is found for certain";
}

/** Whose exceptions: one's own first, then those whose are in the list. */
import { Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ExceptionRow } from "#api/exceptions/contract.ts";
import { ask } from "../../api.ts";

interface Properties {
  readonly author: string | undefined;
  readonly rows: readonly ExceptionRow[];
  readonly onChange: (author: string | undefined) => void;
}

export function AuthorPicker({ author, rows, onChange }: Properties) {
  const me = useQuery(ask.session()).data?.user?.name;
  const known = [me, author, ...rows.map((row) => row.author)].filter((name) => name != null);
  return (
    <Select
      aria-label="Author"
      placeholder="Any author"
      searchable
      clearable
      w={150}
      value={author ?? null}
      data={[...new Set(known)].map((name) => ({ value: name, label: name === me ? `${name} (you)` : name }))}
      nothingFoundMessage="Nobody of that name in this list"
      onChange={(value) => onChange(value ?? undefined)}
      clearButtonProps={{ "aria-label": "Any author" }}
    />
  );
}

/** Which repositories to take: all of today, all of today and tomorrow, or a list. */
import { Radio, Stack } from "@mantine/core";
import type { ChoosableRepository } from "#api/connections/contract.ts";
import type { TakesBody } from "#api/instances/contract.ts";
import { countOf } from "../amounts.ts";
import { RepositoryPicker } from "./repository-picker.tsx";

interface Properties {
  readonly repositories: readonly ChoosableRepository[];
  readonly takes: TakesBody;
  readonly onChange: (takes: TakesBody) => void;
}

export function RepositoryChoice({ repositories, takes, onChange }: Properties) {
  const all = countOf(repositories.length, "repository", "repositories");
  const picked = takes.is === "list" ? takes.repositories : [];
  const change = (is: string) => {
    if (is === "list") onChange({ is, repositories: [] });
    else if (is === "existing" || is === "existing-and-future") onChange({ is });
  };
  return (
    <Stack gap="md">
      <Radio.Group aria-label="Which repositories" value={takes.is} onChange={change}>
        <Stack gap={12}>
          <Radio
            value="existing-and-future"
            label="All existing and future repositories"
            description={`${all} now; new ones are scanned as they appear, without a click`}
          />
          <Radio
            value="existing"
            label="All existing repositories"
            description={`${all}; new ones are listed, but not scanned`}
          />
          <Radio value="list" label="Choose from a list" description="Only those you mark" />
        </Stack>
      </Radio.Group>
      {takes.is === "list" ? (
        <RepositoryPicker
          repositories={repositories}
          picked={picked}
          onChange={(next) => onChange({ is: "list", repositories: next })}
        />
      ) : null}
    </Stack>
  );
}

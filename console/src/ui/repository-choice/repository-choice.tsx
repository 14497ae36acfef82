/** Which repositories to take: all of today, all of today and tomorrow, or a list; and what that comes to. */
import { Radio, Stack } from "@mantine/core";
import type { ChoosableRepository } from "#api/connections/contract.ts";
import type { TakesBody } from "#api/instances/contract.ts";
import type { ChoiceOf } from "../../api.ts";
import { countOf } from "../amounts.ts";
import { Badge } from "../tag.tsx";
import { ChoicePreview } from "./choice-preview.tsx";
import type { ChoosableProject } from "./group-rows.ts";
import { NarrowingFields } from "./narrowing-fields.tsx";
import classes from "./repository-choice.module.css";
import { RepositoryPicker } from "./repository-picker.tsx";
import { UnsupportedProjects } from "./unsupported-projects.tsx";

interface Properties {
  readonly of: ChoiceOf;
  readonly repositories: readonly ChoosableRepository[];
  readonly projects: readonly ChoosableProject[];
  readonly takes: TakesBody;
  readonly onChange: (takes: TakesBody) => void;
}

export function RepositoryChoice({ of, repositories, projects, takes, onChange }: Properties) {
  const all = countOf(repositories.length, "repository", "repositories");
  const change = (is: string) => {
    const narrowing = takes.is === "list" || takes.narrowing === undefined ? {} : { narrowing: takes.narrowing };
    if (is === "list") onChange({ is, repositories: [] });
    else if (is === "existing" || is === "existing-and-future") onChange({ is, ...narrowing });
  };
  return (
    <Stack gap="md">
      <Radio.Group aria-label="Which repositories" value={takes.is} onChange={change}>
        <Stack gap={12}>
          <Radio
            value="existing-and-future"
            label={
              <span className={classes.label}>
                All existing and future repositories <Badge>recommended</Badge>
              </span>
            }
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
          projects={projects}
          picked={takes.repositories}
          onChange={(next) => onChange({ is: "list", repositories: next })}
        />
      ) : (
        <>
          <NarrowingFields
            narrowing={takes.narrowing}
            onChange={(narrowing) => onChange({ is: takes.is, ...(narrowing === undefined ? {} : { narrowing }) })}
          />
          <ChoicePreview of={of} takes={takes} />
          <UnsupportedProjects projects={projects} />
        </>
      )}
    </Stack>
  );
}

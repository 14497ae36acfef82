/** One row of the list to mark: a project with its three states, a repository, or a project that cannot be scanned. */
import { ActionIcon, Checkbox } from "@mantine/core";
import { IconChevronDown, IconChevronRight } from "@tabler/icons-react";
import type { ChoosableRepository } from "#api/connections/contract.ts";
import { sayBytes, sayCount } from "../amounts.ts";
import { Badge } from "../tag.tsx";
import type { PickerRow } from "./group-rows.ts";
import classes from "./repository-choice.module.css";

export interface Marks {
  readonly marked: ReadonlySet<string>;
  readonly mark: (ids: readonly string[], on: boolean) => void;
  readonly fold: (project: string) => void;
}

export function PickerRowView({ row, marks }: { readonly row: PickerRow; readonly marks: Marks }) {
  if (row.is === "project") return <ProjectRow row={row} marks={marks} />;
  if (row.is === "repository") return <RepositoryRow repository={row.repository} marks={marks} />;
  return (
    <span className={classes.unsupported}>
      {row.project.name} <span className={classes.quiet}>{row.project.organization}</span>
      <Badge>Team Foundation Version Control: not supported</Badge>
    </span>
  );
}

interface ProjectProperties {
  readonly row: Extract<PickerRow, { is: "project" }>;
  readonly marks: Marks;
}

function ProjectRow({ row, marks }: ProjectProperties) {
  const count = row.repositories.filter((id) => marks.marked.has(id)).length;
  return (
    <>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="sm"
        aria-label={row.name}
        aria-expanded={!row.folded}
        onClick={() => marks.fold(row.id)}
      >
        {row.folded ? <IconChevronRight size={16} /> : <IconChevronDown size={16} />}
      </ActionIcon>
      <Checkbox
        className={classes.project}
        label={
          <>
            {row.name} <span className={classes.quiet}>{row.organization}</span>
          </>
        }
        checked={count === row.repositories.length}
        indeterminate={count > 0 && count < row.repositories.length}
        onChange={(event) => marks.mark(row.repositories, event.currentTarget.checked)}
      />
      <span className={classes.size}>
        {sayCount(count)} of {sayCount(row.repositories.length)}
      </span>
    </>
  );
}

interface RepositoryProperties {
  readonly repository: ChoosableRepository;
  readonly marks: Marks;
}

function RepositoryRow({ repository, marks }: RepositoryProperties) {
  return (
    <Checkbox
      className={classes.repository}
      label={
        <span className={classes.label}>
          <span className={classes.name}>{repository.name}</span>
          {repository.isDisabled ? <Badge>Disabled</Badge> : null}
          {repository.isEmpty ? <Badge>Empty</Badge> : null}
          {repository.isFork ? <Badge>Fork</Badge> : null}
          <span className={classes.size}>{repository.isEmpty ? "" : sayBytes(repository.size)}</span>
        </span>
      }
      checked={marks.marked.has(repository.id)}
      onChange={(event) => marks.mark([repository.id], event.currentTarget.checked)}
    />
  );
}

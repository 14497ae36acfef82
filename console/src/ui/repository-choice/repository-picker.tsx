/** Marks repositories in a list of thousands: searched, grouped by project, only the rows in view exist. */
import { Button, Checkbox, Group, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useMemo, useRef, useState } from "react";
import type { ChoosableRepository } from "#api/connections/contract.ts";
import { sayBytes, sayCount } from "../amounts.ts";
import { Badge } from "../tag.tsx";
import { groupRows } from "./group-rows.ts";
import classes from "./repository-choice.module.css";

interface Properties {
  readonly repositories: readonly ChoosableRepository[];
  readonly picked: readonly string[];
  readonly onChange: (picked: string[]) => void;
}

export function RepositoryPicker({ repositories, picked, onChange }: Properties) {
  const [search, setSearch] = useState("");
  const scroller = useRef<HTMLDivElement>(null);
  const marked = useMemo(() => new Set(picked), [picked]);
  const { rows, shown } = useMemo(() => groupRows(repositories, search), [repositories, search]);
  // oxlint-disable-next-line react/incompatible-library -- the console is built without the React Compiler
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 36,
    overscan: 12,
  });
  const mark = (ids: readonly string[], on: boolean) => {
    const next = new Set(marked);
    for (const id of ids) {
      if (on) next.add(id);
      else next.delete(id);
    }
    onChange([...next]);
  };
  const shownIds = shown.map((repository) => repository.id);
  return (
    <div className={classes.picker}>
      <div className={classes.head}>
        <TextInput
          aria-label="Search repositories to choose"
          placeholder="Search by repository or project"
          leftSection={<IconSearch size={16} />}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
          style={{ flex: 1, minWidth: 200 }}
        />
        <Group gap={4}>
          <Button variant="subtle" size="compact-sm" disabled={shown.length === 0} onClick={() => mark(shownIds, true)}>
            Mark {search === "" ? "all" : `these ${sayCount(shown.length)}`}
          </Button>
          <Button variant="subtle" size="compact-sm" disabled={marked.size === 0} onClick={() => onChange([])}>
            Mark none
          </Button>
        </Group>
      </div>
      {rows.length === 0 ? (
        <p className={classes.none}>No repository or project is called “{search}”.</p>
      ) : (
        <div ref={scroller} className={classes.scroller}>
          <div style={{ height: virtualizer.getTotalSize(), position: "relative" }}>
            {virtualizer.getVirtualItems().map((item) => {
              const row = rows[item.index];
              if (row === undefined) return null;
              return (
                <div key={item.key} className={classes.row} style={{ transform: `translateY(${item.start}px)` }}>
                  {row.is === "project" ? (
                    <ProjectRow
                      name={row.name}
                      organization={row.organization}
                      ids={row.ids}
                      marked={marked}
                      mark={mark}
                    />
                  ) : (
                    <RepositoryRow
                      repository={row.repository}
                      checked={marked.has(row.repository.id)}
                      onChange={(on) => mark([row.repository.id], on)}
                    />
                  )}
                </div>
              );
            })}
          </div>
        </div>
      )}
      <p className={classes.count} role="status">
        {sayCount(marked.size)} of {sayCount(repositories.length)} marked
      </p>
    </div>
  );
}

interface ProjectProperties {
  readonly name: string;
  readonly organization: string;
  readonly ids: readonly string[];
  readonly marked: ReadonlySet<string>;
  readonly mark: (ids: readonly string[], on: boolean) => void;
}

function ProjectRow({ name, organization, ids, marked, mark }: ProjectProperties) {
  const count = ids.filter((id) => marked.has(id)).length;
  return (
    <Checkbox
      className={classes.project}
      label={
        <>
          {name} <span className={classes.quiet}>{organization}</span>
        </>
      }
      checked={count === ids.length}
      indeterminate={count > 0 && count < ids.length}
      onChange={(event) => mark(ids, event.currentTarget.checked)}
    />
  );
}

interface RepositoryProperties {
  readonly repository: ChoosableRepository;
  readonly checked: boolean;
  readonly onChange: (on: boolean) => void;
}

function RepositoryRow({ repository, checked, onChange }: RepositoryProperties) {
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
      checked={checked}
      onChange={(event) => onChange(event.currentTarget.checked)}
    />
  );
}

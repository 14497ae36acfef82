/** Marks repositories in a list of thousands: searched, grouped by project, only the rows in view exist. */
import { Button, Group, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useDeferredValue, useMemo, useRef, useState } from "react";
import type { ChoosableRepository } from "#api/connections/contract.ts";
import { sayCount } from "../amounts.ts";
import { type ChoosableProject, groupRows } from "./group-rows.ts";
import { type Marks, PickerRowView } from "./picker-row.tsx";
import classes from "./repository-choice.module.css";

interface Properties {
  readonly repositories: readonly ChoosableRepository[];
  readonly projects: readonly ChoosableProject[];
  readonly picked: readonly string[];
  readonly onChange: (picked: string[]) => void;
}

/** Above this many repositories the list begins folded: projects first. */
const manyRepositories = 500;

export function RepositoryPicker({ repositories, projects, picked, onChange }: Properties) {
  const [search, setSearch] = useState("");
  const everyProject = useMemo(() => new Set(repositories.map((one) => one.projectId)), [repositories]);
  const [folded, setFolded] = useState<ReadonlySet<string>>(() =>
    repositories.length > manyRepositories ? everyProject : new Set(),
  );
  const scroller = useRef<HTMLDivElement>(null);
  const marked = useMemo(() => new Set(picked), [picked]);
  const sought = useDeferredValue(search);
  const { rows, shown } = useMemo(
    () => groupRows({ repositories, projects, search: sought, folded }),
    [repositories, projects, sought, folded],
  );
  // oxlint-disable-next-line react/incompatible-library -- the console is built without the React Compiler
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 36,
    overscan: 12,
  });
  const marks: Marks = {
    marked,
    mark(ids, on) {
      const next = new Set(marked);
      for (const id of ids) {
        if (on) next.add(id);
        else next.delete(id);
      }
      onChange([...next]);
    },
    fold: (project) => setFolded((before) => toggled(before, project)),
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
          <Button
            variant="subtle"
            size="compact-sm"
            disabled={shown.length === 0}
            onClick={() => marks.mark(shownIds, true)}
          >
            Mark {search === "" ? "all" : `these ${sayCount(shown.length)}`}
          </Button>
          <Button variant="subtle" size="compact-sm" disabled={marked.size === 0} onClick={() => onChange([])}>
            Mark none
          </Button>
          <Button
            variant="subtle"
            size="compact-sm"
            disabled={search !== ""}
            onClick={() => setFolded(folded.size === 0 ? everyProject : new Set())}
          >
            {folded.size === 0 ? "Fold all" : "Unfold all"}
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
              return row === undefined ? null : (
                <div key={item.key} className={classes.row} style={{ transform: `translateY(${item.start}px)` }}>
                  <PickerRowView row={row} marks={marks} />
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

function toggled(set: ReadonlySet<string>, one: string): ReadonlySet<string> {
  const next = new Set(set);
  if (!next.delete(one)) next.add(one);
  return next;
}

/** What stands above a list: the controls that filter it, and the filters at work. */
import { Group } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "./filter-bar.module.css";
import { type Chip, FilterChips } from "./filter-chips.tsx";

interface Properties {
  readonly chips: readonly Chip[];
  readonly onClear: () => void;
  readonly children: ReactNode;
}

export function FilterBar({ chips, onClear, children }: Properties) {
  return (
    <div className={classes.bar}>
      <Group gap={8} align="flex-start">
        {children}
      </Group>
      <FilterChips chips={chips} onClear={onClear} />
    </div>
  );
}

/** What may be done with the rows that are chosen, above their list; nothing is shown while none is. */
import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { countOf } from "./amounts.ts";
import classes from "./bulk-bar.module.css";

interface Properties {
  /** What the rows are, in the singular. */
  readonly thing: string;
  readonly count: number;
  readonly onClear: () => void;
  readonly children: ReactNode;
}

export function BulkBar({ thing, count, onClear, children }: Properties) {
  if (count === 0) return null;
  return (
    <div className={classes.bar} role="toolbar" aria-label={`Chosen ${thing}s`}>
      <span className={classes.count} role="status">
        {countOf(count, thing)} chosen
      </span>
      {children}
      <Button size="compact-sm" variant="subtle" color="gray" className={classes.end} onClick={onClear}>
        Choose none
      </Button>
    </div>
  );
}

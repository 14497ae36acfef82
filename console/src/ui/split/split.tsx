/** A list, and beside it what was opened from it; where the window is narrow the opened thing takes the list's place. */
import type { ReactNode } from "react";
import classes from "./split.module.css";

interface Properties {
  readonly isOpen: boolean;
  readonly list: ReactNode;
  /** The side pane, or nothing. */
  readonly children: ReactNode;
}

export function Split({ isOpen, list, children }: Properties) {
  return (
    <div className={classes.split} data-open={isOpen || undefined} data-keeps-focus>
      <div className={classes.list}>{list}</div>
      {children}
    </div>
  );
}

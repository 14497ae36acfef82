/** Panels in one column or in two, the wider one first; two stand one below the other where the window is narrow. */
import type { ReactNode } from "react";
import classes from "./columns.module.css";

interface ColumnsProperties {
  /** Facts beside what needs the room. */
  readonly small?: boolean;
  readonly children: ReactNode;
}

export function Columns({ small = false, children }: ColumnsProperties) {
  return (
    <div className={classes.columns} data-small={small || undefined}>
      {children}
    </div>
  );
}

interface StackProperties {
  /** Alone on its page: no wider than forms and prose are read well. */
  readonly alone?: boolean;
  readonly children: ReactNode;
}

export function PanelStack({ alone = false, children }: StackProperties) {
  return (
    <div className={classes.stack} data-alone={alone || undefined}>
      {children}
    </div>
  );
}

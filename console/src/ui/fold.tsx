/** Something that most people need not read, one click away. */
import { type ReactNode, useState } from "react";
import classes from "./fold.module.css";

interface Properties {
  readonly summary: ReactNode;
  /** Whether it begins unfolded. */
  readonly open?: boolean;
  readonly children: ReactNode;
}

export function Fold({ summary, open = false, children }: Properties) {
  const [begins] = useState(open);
  return (
    <details className={classes.fold} open={begins}>
      <summary>{summary}</summary>
      <div className={classes.inside}>{children}</div>
    </details>
  );
}

/** The first cell of a row: a name that leads to what it names, and what is said below it. */
import type { ReactNode } from "react";
import classes from "./linked-name.module.css";

interface Properties {
  readonly children: ReactNode;
  /** What is switched off. */
  readonly isQuiet?: boolean;
}

export function LinkedName({ children, isQuiet = false }: Properties) {
  return (
    <div className={classes.name} data-quiet={isQuiet || undefined}>
      {children}
    </div>
  );
}

/** The cell of a name, which may lead to what it names, and of what is said below it; a long one breaks where it must. */
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

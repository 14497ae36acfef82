/** Items one below the other with lines between them, in a panel whose border they touch. The items are `li` elements. */
import type { ReactNode } from "react";
import classes from "./item-list.module.css";

interface Properties {
  /** For those who hear it, where no heading says it. */
  readonly label?: string;
  readonly children: ReactNode;
}

export function ItemList({ label, children }: Properties) {
  return (
    <ul className={classes.list} aria-label={label}>
      {children}
    </ul>
  );
}

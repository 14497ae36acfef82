/** A few figures that a reader takes away, side by side. */
import type { ReactNode } from "react";
import classes from "./headlines.module.css";

export function Headlines({ children }: { readonly children: ReactNode }) {
  return <dl className={classes.headlines}>{children}</dl>;
}

interface Properties {
  readonly name: string;
  readonly figure: string;
  readonly note: ReactNode;
  readonly isBad?: boolean;
  /** Nobody knows it. */
  readonly isUnknown?: boolean;
}

export function Headline({ name, figure, note, isBad = false, isUnknown = false }: Properties) {
  return (
    <div className={classes.headline}>
      <dt>{name}</dt>
      <dd>
        <span className={classes.figure} data-bad={isBad || undefined} data-unknown={isUnknown || undefined}>
          {figure}
        </span>
        <span className={classes.note}>{note}</span>
      </dd>
    </div>
  );
}

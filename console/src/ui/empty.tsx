/** What a list says when it has nothing to show: why, and what to do next. */
import type { ComponentType, ReactNode } from "react";
import classes from "./empty.module.css";

interface Properties {
  readonly icon: ComponentType<{ size: number; stroke: number; "aria-hidden": "true" }>;
  readonly title: string;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
}

export function Empty({ icon: Icon, title, children, action }: Properties) {
  return (
    <div className={classes.empty}>
      <span className={classes.arch}>
        <Icon size={26} stroke={1.4} aria-hidden="true" />
      </span>
      <p className={classes.title}>{title}</p>
      {children === undefined ? null : <div className={classes.words}>{children}</div>}
      {action === undefined ? null : <div className={classes.action}>{action}</div>}
    </div>
  );
}

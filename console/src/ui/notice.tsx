/** Something to know before going on: a warning that stops nobody. */
import { IconAlertTriangle } from "@tabler/icons-react";
import type { ReactNode } from "react";
import classes from "./notice.module.css";

interface Properties {
  readonly title?: string;
  readonly children: ReactNode;
}

export function Notice({ title, children }: Properties) {
  return (
    <div className={classes.notice} role="note">
      <IconAlertTriangle size={17} stroke={1.8} aria-label="Warning:" />
      <div>
        {title === undefined ? null : <p className={classes.title}>{title}</p>}
        {children}
      </div>
    </div>
  );
}

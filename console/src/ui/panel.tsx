/** A bordered part of a page with a heading. */
import { Title } from "@mantine/core";
import { type ReactNode, useId } from "react";
import classes from "./panel.module.css";

interface Properties {
  readonly title?: string;
  readonly aside?: ReactNode;
  /** Tables and lists touch the border. */
  readonly flush?: boolean;
  readonly className?: string | undefined;
  readonly children: ReactNode;
}

export function Panel({ title, aside, flush = false, className, children }: Properties) {
  const id = useId();
  return (
    <section
      className={className === undefined ? classes.panel : `${classes.panel} ${className}`}
      {...(title === undefined ? {} : { "aria-labelledby": id })}
    >
      {title === undefined ? null : (
        <div className={classes.head}>
          <Title order={2} id={id}>
            {title}
          </Title>
          {aside}
        </div>
      )}
      <div className={flush ? classes.flush : classes.body}>{children}</div>
    </section>
  );
}

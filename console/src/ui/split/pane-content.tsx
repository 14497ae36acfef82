/** What stands in a side pane: its marks, its title in the tab and on top, and the parts below. */
import { Title } from "@mantine/core";
import { type ReactNode, useEffect, useRef } from "react";
import { useTitle } from "../page.tsx";
import classes from "./pane-content.module.css";

interface Properties {
  readonly title: string;
  /** Above the title: severity, state, category. */
  readonly marks: ReactNode;
  /** Below the title, in the head. */
  readonly head?: ReactNode;
  readonly children: ReactNode;
}

export function PaneContent({ title, marks, head, children }: Properties) {
  const heading = useRef<HTMLHeadingElement>(null);
  useTitle(title);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return (
    <div className={classes.content}>
      <header>
        <div className={classes.marks}>{marks}</div>
        <Title order={2} ref={heading} tabIndex={-1} className={classes.title}>
          {title}
        </Title>
        {head}
      </header>
      {children}
    </div>
  );
}

/** A part with a heading of its own. */
export function PanePart({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section>
      <Title order={3}>{title}</Title>
      {children}
    </section>
  );
}

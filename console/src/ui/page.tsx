/** A page's head: its title in the tab and on top, moved to by the keyboard's focus when the page is entered. */
import { Title } from "@mantine/core";
import { useRouterState } from "@tanstack/react-router";
import { type ReactNode, useEffect, useRef } from "react";
import classes from "./page.module.css";

interface Properties {
  readonly title: string;
  /** Above the title: where the page hangs. */
  readonly trail?: ReactNode;
  readonly lead?: ReactNode;
  readonly actions?: ReactNode;
  /** Fills the window's height; lists scroll inside. */
  readonly tall?: boolean;
  readonly children: ReactNode;
}

let enteredPath: string | undefined;

export function Page({ title, trail, lead, actions, tall = false, children }: Properties) {
  const heading = useRef<HTMLHeadingElement>(null);
  const path = useRouterState({ select: (state) => state.location.pathname });
  useTitle(title);
  useEffect(() => {
    // The first page of a visit keeps the browser's own focus.
    if (enteredPath !== undefined && enteredPath !== path && !hasFocusInside()) {
      heading.current?.focus({ preventScroll: true });
    }
    enteredPath = path;
  }, [path]);
  return (
    <div className={tall ? `${classes.page} ${classes.tall}` : classes.page}>
      <header className={classes.head}>
        <div className={classes.words}>
          {trail}
          <Title order={1} ref={heading} tabIndex={-1}>
            {title}
          </Title>
          {lead === undefined ? null : <div className={classes.lead}>{lead}</div>}
        </div>
        {actions === undefined ? null : <div className={classes.actions}>{actions}</div>}
      </header>
      {children}
    </div>
  );
}

/** Moving through a list with its detail beside changes the address, yet must leave the focus where it works. */
function hasFocusInside(): boolean {
  return document.activeElement?.closest("[data-keeps-focus]") != null;
}

export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Sallyport`;
  }, [title]);
}

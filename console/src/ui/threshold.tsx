/** The page before the gate: sign-in and first start stand under the arch. */
import { Title } from "@mantine/core";
import type { ReactNode } from "react";
import { Logo } from "./logo.tsx";
import { useTitle } from "./page.tsx";
import classes from "./threshold.module.css";

interface Properties {
  readonly title: string;
  readonly lead?: ReactNode;
  readonly children: ReactNode;
}

export function Threshold({ title, lead, children }: Properties) {
  useTitle(title);
  return (
    <main className={classes.ground}>
      <div className={classes.arch}>
        <div className={classes.inner}>
          <span className={classes.logo}>
            <Logo size={44} />
          </span>
          <Title order={1} className={classes.title}>
            {title}
          </Title>
          {lead === undefined ? null : <div className={classes.lead}>{lead}</div>}
          <div className={classes.form}>{children}</div>
        </div>
      </div>
    </main>
  );
}

/** The way to a page, as links above its title. */
import { IconChevronRight } from "@tabler/icons-react";
import { Children, type ReactNode } from "react";
import classes from "./trail.module.css";

export function Trail({ children }: { readonly children: ReactNode }) {
  return (
    <nav aria-label="Where this page hangs" className={classes.trail}>
      {Children.toArray(children).map((step, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: steps are words without an identity, and never move
        <span key={index} className={classes.step}>
          {index === 0 ? null : <IconChevronRight size={13} aria-hidden="true" />}
          {step}
        </span>
      ))}
    </nav>
  );
}

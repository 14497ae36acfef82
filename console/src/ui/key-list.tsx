/** The keys of a page, as they are told to people. */
import { Kbd } from "@mantine/core";
import { Fragment } from "react";
import classes from "./key-list.module.css";

export interface KeyWords {
  readonly keys: readonly string[];
  readonly does: string;
}

export function KeyList({ keys }: { readonly keys: readonly KeyWords[] }) {
  return (
    <dl className={classes.keys}>
      {keys.map(({ keys: some, does }) => (
        <Fragment key={does}>
          <dt>
            {some.map((key) => (
              <Kbd key={key}>{key}</Kbd>
            ))}
          </dt>
          <dd>{does}</dd>
        </Fragment>
      ))}
    </dl>
  );
}

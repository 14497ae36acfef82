/** The keys of the list of issues, as they are told to people. */
import { Kbd } from "@mantine/core";
import { Fragment } from "react";
import classes from "./issues.module.css";

const keys: readonly { readonly keys: readonly string[]; readonly does: string }[] = [
  { keys: ["j", "k"], does: "One down, one up" },
  { keys: ["o", "Enter"], does: "Open it beside the list" },
  { keys: ["Esc"], does: "Close it" },
  { keys: ["x"], does: "Choose it, or not" },
  { keys: ["d"], does: "Dismiss what is chosen, or the one at hand" },
  { keys: ["f"], does: "Ask for a fix of what is chosen, or of the one at hand" },
  { keys: ["w"], does: "Make a work item of what is chosen, or of the one at hand" },
  { keys: ["/"], does: "Search" },
  { keys: ["?"], does: "These keys" },
];

export function TriageKeys() {
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

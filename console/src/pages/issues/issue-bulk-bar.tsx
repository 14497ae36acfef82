/** What may be done with the issues that are chosen. */
import { Button } from "@mantine/core";
import { countOf } from "../../ui/amounts.ts";
import { BulkBar } from "../../ui/bulk-bar.tsx";
import classes from "./issues.module.css";
import type { Triage } from "./use-triage.tsx";

interface Properties {
  readonly triage: Triage;
  /** All that the filters fit, where all that is loaded is chosen and there are more. */
  readonly onDismissAll: (() => void) | undefined;
  readonly total: number;
}

export function IssueBulkBar({ triage: { selection, ask }, onDismissAll, total }: Properties) {
  const { chosen, clear } = selection;
  const open = chosen.filter(({ state }) => state.is === "open");
  const none = open.length === 0;
  return (
    <BulkBar thing="issue" count={chosen.length} onClear={clear}>
      <Button size="compact-sm" disabled={none} onClick={() => ask({ is: "dismiss", issues: open })}>
        Dismiss
      </Button>
      <Button size="compact-sm" variant="default" disabled={none} onClick={() => ask({ is: "fix", issues: open })}>
        Ask for fixes
      </Button>
      <Button
        size="compact-sm"
        variant="default"
        disabled={none}
        onClick={() => ask({ is: "work-item", issues: open })}
      >
        Make work items
      </Button>
      {none ? <span className={classes.quiet}>None of them is open.</span> : null}
      {onDismissAll === undefined ? null : (
        <Button size="compact-sm" variant="subtle" onClick={onDismissAll}>
          Dismiss all {countOf(total, "issue")} that fit
        </Button>
      )}
    </BulkBar>
  );
}

/** What may be done with the issues that are chosen; nothing is shown while none is. */
import { Button } from "@mantine/core";
import { countOf } from "../../ui/amounts.ts";
import classes from "./issues.module.css";
import type { Triage } from "./use-triage.tsx";

interface Properties {
  readonly triage: Triage;
  /** All that the filters fit, where all that is loaded is chosen and there are more. */
  readonly onDismissAll: (() => void) | undefined;
  readonly total: number;
}

export function BulkBar({ triage: { selection, ask }, onDismissAll, total }: Properties) {
  const { chosen, clear } = selection;
  if (chosen.length === 0) return null;
  const open = chosen.filter(({ state }) => state.is === "open");
  const none = open.length === 0;
  return (
    <div className={classes.bulk} role="toolbar" aria-label="Chosen issues">
      <span className={classes.bulkCount} role="status">
        {countOf(chosen.length, "issue")} chosen
      </span>
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
      <Button size="compact-sm" variant="subtle" color="gray" className={classes.bulkEnd} onClick={clear}>
        Choose none
      </Button>
    </div>
  );
}

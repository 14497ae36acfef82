/** What happened to an issue, newest first. */
import { Link } from "@tanstack/react-router";
import type { IssueDetail } from "#api/issues/contract.ts";
import type { DismissReason } from "#model/issue.ts";
import { Moment } from "../../ui/moment.tsx";
import { SkipWords } from "../../ui/skip-words.tsx";
import { dismissReasonLabels } from "../../ui/words.ts";
import classes from "./issue.module.css";
import { isOfSettings } from "./setting-of.tsx";

const said: Readonly<Record<string, string>> = {
  opened: "Opened",
  reopened: "Opened again",
  fixed: "Fixed",
  dismissed: "Dismissed",
  "dismissal-ended": "The dismissal ended",
  silenced: "Silenced in the code",
  "skip-removed": "Open: nothing in the code silences it any more",
  "rule-off": "Closed: the rule was switched off",
  "rule-on": "Opened again: the rule was switched on",
  "re-graded": "Graded otherwise",
  "left-head": "Left the branch, and stays in its history",
  "back-in-head": "Back on the branch",
  "exception-asked": "An exception was asked for, and waits for a second person",
  "exception-extended": "The exception has another end",
  "exception-refused": "The exception was refused",
};

/** What somebody wrote, and a scan only saw. */
function isOfCode(kind: string): boolean {
  return kind === "silenced" || kind === "skip-removed";
}

function sayLooker(issue: IssueDetail, kind: string): string {
  if (isOfSettings(issue)) return "by a look at the settings";
  return isOfCode(kind) ? "(seen by a scan)" : "by a scan";
}

export function History({ issue }: { readonly issue: IssueDetail }) {
  return (
    <ol className={classes.history}>
      {issue.events.toReversed().map((event) => (
        <li key={`${event.at} ${event.is}`}>
          <span>
            <strong>{event.severity === null ? (said[event.is] ?? event.is) : `Graded ${event.severity}`}</strong>{" "}
            {event.by === null ? sayLooker(issue, event.is) : `by ${event.by}`}
            {event.reason === null ? "" : `: ${dismissReasonLabels[event.reason as DismissReason] ?? event.reason}`}
            {event.skip === null ? null : (
              <>
                {". "}
                <SkipWords skip={event.skip} />
              </>
            )}
            {event.comment === null ? null : <q className={classes.quote}>{event.comment}</q>}
          </span>
          <span className={classes.quiet}>
            <Moment at={event.at} />
            {event.scanId === null ? null : (
              <>
                {", "}
                <Link to="/scans/$scanId" params={{ scanId: event.scanId }} className={classes.plain}>
                  the scan
                </Link>
              </>
            )}
          </span>
        </li>
      ))}
    </ol>
  );
}

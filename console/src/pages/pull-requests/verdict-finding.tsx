/** One problem as a verdict saw it: where it was, and what followed by which policy. */
import { Link } from "@tanstack/react-router";
import type { VerdictDetail } from "#api/verdicts/contract.ts";
import { sayDay } from "../../ui/moment.tsx";
import { Severity } from "../../ui/severity.tsx";
import { sayPlace } from "../../ui/target.ts";
import { FindingMessage } from "./finding-message.tsx";
import { Follows } from "./follows.tsx";
import classes from "./pull-requests.module.css";

interface Properties {
  readonly finding: VerdictDetail["findings"][number];
  readonly instanceId: string;
  /** Why it stands in a list of changes. */
  readonly said?: string;
}

export function VerdictFinding({ finding, instanceId, said }: Properties) {
  const { severity, rule, title, message, at, actions, graceUntil } = finding;
  return (
    <li className={classes.finding}>
      <div className={classes.findingHead}>
        {said === undefined ? null : <strong>{said}</strong>}
        <Severity severity={severity} />
        <Link to="/rules/$" params={{ _splat: rule }} className={classes.title}>
          {title}
        </Link>
      </div>
      <FindingMessage title={title} message={message} />
      {graceUntil === null ? null : (
        <p className={classes.message}>It did not block: its days of grace lasted until {sayDay(graceUntil)}.</p>
      )}
      <div className={classes.findingFoot}>
        <code>{sayPlace(at)}</code>
        <Follows actions={actions} instanceId={instanceId} />
      </div>
    </li>
  );
}

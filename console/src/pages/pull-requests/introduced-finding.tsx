/** One problem that a pull request brings in: what follows by which policy, its thread, or why it counts no more. */
import { Link } from "@tanstack/react-router";
import type { PullRequestDetail } from "#api/pull-requests/contract.ts";
import { countOf, sayCount } from "../../ui/amounts.ts";
import { Fold } from "../../ui/fold.tsx";
import { sayDay } from "../../ui/moment.tsx";
import { OutsideLink } from "../../ui/outside-link.tsx";
import { LiveTag } from "../../ui/secret-marks.tsx";
import { Severity } from "../../ui/severity.tsx";
import { SkipWords } from "../../ui/skip-words.tsx";
import { Tag } from "../../ui/tag.tsx";
import { sayPlace } from "../../ui/target.ts";
import { dismissReasonLabels, issueStates } from "../../ui/words.ts";
import { FindingMessage } from "./finding-message.tsx";
import { Follows } from "./follows.tsx";
import classes from "./pull-requests.module.css";

type Finding = PullRequestDetail["introduced"][number];

interface Properties {
  readonly finding: Finding;
  readonly instanceId: string;
}

export function IntroducedFinding({ finding, instanceId }: Properties) {
  return (
    <li data-fixed={finding.state === "fixed" || undefined} className={classes.finding}>
      <div className={classes.findingHead}>
        <Severity severity={finding.severity} />
        <Link to="/rules/$" params={{ _splat: finding.rule }} className={classes.title}>
          {finding.title}
        </Link>
        {finding.live === null ? null : <LiveTag live={finding.live} />}
        {finding.state === "open" ? null : (
          <Tag tone={issueStates[finding.state].tone}>{issueStates[finding.state].label}</Tag>
        )}
      </div>
      <FindingMessage title={finding.title} message={finding.message} />
      <Why finding={finding} />
      <div className={classes.findingFoot}>
        <code>{sayPlace(finding.at)}</code>
        {finding.commit === null ? null : (
          <span>
            Only in commit <code>{finding.commit.slice(0, 10)}</code>
          </span>
        )}
        <Follows actions={finding.actions} instanceId={instanceId} />
        <Thread finding={finding} />
        {finding.rule.startsWith("secrets/") ? (
          <Link
            to="/secrets/$instanceId/$fingerprint"
            params={{ instanceId, fingerprint: finding.fingerprint }}
            className={classes.plain}
          >
            All places, and how to revoke it
          </Link>
        ) : null}
      </div>
      <OtherPlaces finding={finding} />
    </li>
  );
}

/** Where else the pull request has it: each of them is to go. */
function OtherPlaces({ finding: { alsoAt, places } }: { readonly finding: Finding }) {
  if (alsoAt.length === 0) return null;
  const left = places - 1 - alsoAt.length;
  return (
    <Fold summary={countOf(places - 1, "more place")}>
      <ul className={classes.otherPlaces}>
        {alsoAt.map((at) => (
          <li key={sayPlace(at)}>
            <code>{sayPlace(at)}</code>
          </li>
        ))}
        {left === 0 ? null : <li className={classes.quiet}>{sayCount(left)} more are not listed.</li>}
      </ul>
    </Fold>
  );
}

/** Why it counts no more, or not yet. */
function Why({ finding: { skip, dismissal, graceUntil } }: { readonly finding: Finding }) {
  return (
    <>
      {skip === null ? null : (
        <p className={classes.message}>
          <SkipWords skip={skip} />
        </p>
      )}
      {dismissal === null ? null : (
        <p className={classes.message}>
          Dismissed by {dismissal.by}
          {dismissal.approver === null ? "" : `, agreed by ${dismissal.approver}`}:{" "}
          {dismissReasonLabels[dismissal.reason]}
          {dismissal.until === null ? "" : `, until ${sayDay(dismissal.until)}`}.
          {dismissal.comment === "" ? null : (
            <>
              {" "}
              <q>{dismissal.comment}</q>
            </>
          )}
        </p>
      )}
      {graceUntil === null ? null : (
        <p className={classes.message}>It does not block yet: its days of grace end on {sayDay(graceUntil)}.</p>
      )}
    </>
  );
}

function Thread({ finding: { state, threadUrl } }: { readonly finding: Finding }) {
  if (threadUrl !== null) return <OutsideLink href={threadUrl}>Comment thread</OutsideLink>;
  return state === "open" ? <span className={classes.quiet}>In the summary only</span> : null;
}

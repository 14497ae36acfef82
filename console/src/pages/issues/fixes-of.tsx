/** The pull requests that end an issue, and the way to ask for one after a look at what it would change. */
import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { DecidedAbout, IssueDetail } from "#api/issues/contract.ts";
import { ask } from "../../api.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { Moment } from "../../ui/moment.tsx";
import { OutsideLink } from "../../ui/outside-link.tsx";
import { PanePart } from "../../ui/split/pane-content.tsx";
import { Tag } from "../../ui/tag.tsx";
import { fixStates, isLiveFix } from "../../ui/words.ts";
import { LookAndAsk } from "../fixes/ask-for-fix.tsx";
import { sayAsker } from "../fixes/say-asker.ts";
import classes from "./issue.module.css";

type Fix = DecidedAbout["fixes"][number];

export function FixesOf({ issue: { id, state, fixAvailable } }: { readonly issue: IssueDetail }) {
  const { data } = useQuery(ask.decided(id));
  const fixes = data?.fixes ?? [];
  const offers =
    data !== undefined && state.is === "open" && fixAvailable && !fixes.some((fix) => isLiveFix(fix.state));
  if (fixes.length === 0 && !offers) return null;
  return (
    <PanePart title="Fix">
      {fixes.length === 0 ? null : (
        <ul className={classes.decided}>
          {fixes.map((fix) => (
            <li key={fix.id}>
              <OneFix fix={fix} />
            </li>
          ))}
        </ul>
      )}
      {offers ? <Offer id={id} /> : null}
    </PanePart>
  );
}

function OneFix({ fix: { id, title, state, reason, pullRequest, askedBy, changedAt, fixes } }: { readonly fix: Fix }) {
  const { label, tone } = fixStates[state];
  return (
    <>
      <div className={classes.decidedHead}>
        <Tag tone={tone}>{label}</Tag>
        <Link to="/fixes/$fixId" params={{ fixId: id }} className={classes.plain}>
          {title}
        </Link>
        {pullRequest === null ? null : (
          <OutsideLink href={pullRequest.webUrl}>Pull request {pullRequest.number}</OutsideLink>
        )}
      </div>
      <div className={classes.quiet}>
        {sayAsker({ ...askedBy })}, <Moment at={changedAt} />
        {fixes > 1 ? `; ends ${fixes} problems` : ""}
        {reason === null ? "" : `. ${reason}`}
      </div>
    </>
  );
}

function Offer({ id }: { readonly id: string }) {
  const [looking, dialog] = useDisclosure(false);
  return (
    <>
      <p>Sallyport can bring the change in a pull request, which opens once a scan of it is green.</p>
      <div className={classes.orders}>
        <Button onClick={dialog.open}>See the change and ask for it</Button>
      </div>
      <Dialog title="Ask for a fix" opened={looking} onClose={dialog.close} size="820px">
        <LookAndAsk wish={{ issues: [id] }} onBack={dialog.close} onAsked={dialog.close} />
      </Dialog>
    </>
  );
}

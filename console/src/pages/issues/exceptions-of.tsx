/** What was decided about an issue and is not over: why, by whom, until when; agreed to, refused or prolonged here. */
import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import type { ExceptionRow } from "#api/exceptions/contract.ts";
import type { IssueDetail } from "#api/issues/contract.ts";
import { ask } from "../../api.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { Failure } from "../../ui/failure.tsx";
import { Moment, sayDay } from "../../ui/moment.tsx";
import { PanePart } from "../../ui/split/pane-content.tsx";
import { Tag } from "../../ui/tag.tsx";
import { dismissReasonLabels, exceptionSourceLabels, exceptionStates, justificationLabels } from "../../ui/words.ts";
import { ExtendForm } from "../exceptions/extend-form.tsx";
import { useDecideException } from "../exceptions/use-decide-exception.ts";
import classes from "./issue.module.css";

export function ExceptionsOf({ issue }: { readonly issue: IssueDetail }) {
  const { data, error, refetch } = useQuery(ask.decided(issue.id));
  if (data === undefined && error !== null) {
    // Policies and fixes are told with it.
    return (
      <PanePart title="What was decided">
        <Failure error={error} retry={() => refetch()} />
      </PanePart>
    );
  }
  const exceptions = data?.exceptions ?? [];
  if (exceptions.length === 0) return null;
  return (
    <PanePart title={exceptions.length === 1 ? "The exception" : "Exceptions"}>
      <ul className={classes.decided}>
        {exceptions.map((exception) => (
          <li key={exception.id}>
            <Exception exception={exception} />
          </li>
        ))}
      </ul>
    </PanePart>
  );
}

function Exception({ exception }: { readonly exception: ExceptionRow }) {
  const { id, state, reason, justification, author, source, at, approver, until } = exception;
  const me = useQuery(ask.session()).data?.user?.name;
  const decide = useDecideException();
  const [extending, dialog] = useDisclosure(false);
  const { label, tone } = exceptionStates[state];
  if (id === null) return null;
  return (
    <>
      <div className={classes.decidedHead}>
        <Tag tone={tone}>{label}</Tag>
        <span>{until === null ? "Without an end" : `Until ${sayDay(until)}`}</span>
        <span className={classes.quiet}>{reachOf(exception)}</span>
      </div>
      <div className={classes.quiet}>
        {reason === null ? "" : `${dismissReasonLabels[reason]}, said `}
        {author ?? "somebody"} ({exceptionSourceLabels[source].toLowerCase()}), <Moment at={at} />
        {approver === null ? "" : `; approved by ${approver}`}
      </div>
      {justification === null ? null : (
        <div className={classes.quiet}>Not affected: {startSmall(justificationLabels[justification])}.</div>
      )}
      <div className={classes.orders}>
        {state === "pending" ? (
          <>
            {author === me ? null : (
              <Button size="compact-sm" loading={decide.isPending} onClick={() => decide.mutate({ id, is: "approve" })}>
                Approve
              </Button>
            )}
            <Button size="compact-sm" variant="default" onClick={() => decide.mutate({ id, is: "refuse" })}>
              {author === me ? "Take back" : "Refuse"}
            </Button>
          </>
        ) : (
          <Button size="compact-sm" variant="default" onClick={dialog.open}>
            Set another end
          </Button>
        )}
      </div>
      <Dialog title="Another end" opened={extending} onClose={dialog.close}>
        <ExtendForm row={exception} onClose={dialog.close} />
      </Dialog>
    </>
  );
}

function startSmall(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

/** How far it reaches, where that is further than this problem here. */
function reachOf({ anchor, repository, instance }: ExceptionRow): string {
  const where = repository === null ? `in all repositories of ${instance.name}` : "in this repository";
  if (anchor?.is === "advisory") return `${anchor.advisory} against ${anchor.package}, ${where}`;
  if (anchor?.is === "rule") return `All that the rule says of ${anchor.paths.join(", ")}`;
  return repository === null ? where.charAt(0).toUpperCase() + where.slice(1) : "";
}

/** The work items that keep an issue in Azure Boards, and the way to ask for one. */
import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { IssueDetail } from "#api/issues/contract.ts";
import type { WorkItemRow } from "#api/work-items/contract.ts";
import { ask } from "../../api.ts";
import { countOf } from "../../ui/amounts.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { Failure } from "../../ui/failure.tsx";
import { OutsideLink } from "../../ui/outside-link.tsx";
import { PanePart } from "../../ui/split/pane-content.tsx";
import { Tag } from "../../ui/tag.tsx";
import { workItemStates } from "../../ui/words.ts";
import { AskForWorkItems } from "./ask-for-work-items.tsx";
import classes from "./issue.module.css";

export function WorkItemsOf({ issue: { id, state } }: { readonly issue: IssueDetail }) {
  const { data, error, refetch } = useQuery(ask.workItemsOf(id));
  const [asking, dialog] = useDisclosure(false);
  if (data === undefined) {
    return error === null ? null : (
      <PanePart title="Work item">
        <Failure error={error} retry={() => refetch()} />
      </PanePart>
    );
  }
  const { rows } = data;
  const offers = state.is === "open" && rows.every((row) => row.state === "closed" || row.state === "gone");
  if (rows.length === 0 && !offers) return null;
  return (
    <PanePart title="Work item">
      {rows.length === 0 ? null : (
        <ul className={classes.decided}>
          {rows.map((row) => (
            <li key={row.id}>
              <WorkItem row={row} />
            </li>
          ))}
        </ul>
      )}
      {offers ? (
        <div className={classes.orders}>
          <Button size="compact-sm" variant="default" onClick={dialog.open}>
            Make a work item
          </Button>
        </div>
      ) : null}
      <Dialog title="Make a work item" opened={asking} onClose={dialog.close}>
        <AskForWorkItems issues={[id]} onClose={dialog.close} onDone={() => {}} />
      </Dialog>
    </PanePart>
  );
}

function WorkItem({ row }: { readonly row: WorkItemRow }) {
  const { id, state, number, webUrl, title, type, remoteState, issues, reason } = row;
  const name = `${type ?? "Work item"}${number === null ? "" : ` ${number}`}`;
  const facts = [remoteState, issues > 1 ? `for ${countOf(issues, "issue")}` : null, reason];
  return (
    <>
      <div className={classes.decidedHead}>
        <Tag tone={workItemStates[state].tone}>{workItemStates[state].label}</Tag>
        {webUrl === null ? <span>{name}</span> : <OutsideLink href={webUrl}>{name}</OutsideLink>}
        <Link to="/work-items/$workItemId" params={{ workItemId: id }} className={classes.plain}>
          {title}
        </Link>
      </div>
      <div className={classes.quiet}>{facts.filter((fact) => fact !== null).join(", ")}</div>
    </>
  );
}

/** One work item: how it stands here and in Boards, the issues that it is about, and what is to be decided. */
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import type { WorkItemDetail } from "#api/work-items/contract.ts";
import { ask } from "../../api.ts";
import { countOf } from "../../ui/amounts.ts";
import { Fact, Facts } from "../../ui/facts.tsx";
import { Moment } from "../../ui/moment.tsx";
import { OutsideLink } from "../../ui/outside-link.tsx";
import { Severity } from "../../ui/severity.tsx";
import { PaneContent, PanePart } from "../../ui/split/pane-content.tsx";
import { SidePane } from "../../ui/split/side-pane.tsx";
import { Tag } from "../../ui/tag.tsx";
import { issueStates, workItemStates } from "../../ui/words.ts";
import { WorkItemOrders } from "./work-item-orders.tsx";
import classes from "./work-items.module.css";

const route = getRouteApi("/signed-in/work-items/$workItemId");

export function WorkItemPane() {
  const { workItemId } = route.useParams();
  const navigate = useNavigate({ from: "/work-items/$workItemId" });
  const query = useQuery({ ...ask.workItem(workItemId), refetchInterval: 15_000 });
  return (
    <SidePane
      label="Work item"
      query={query}
      onClose={() => void navigate({ to: "/work-items", search: (before) => before })}
    >
      {(item) => <Item key={item.id} item={item} />}
    </SidePane>
  );
}

function Item({ item }: { readonly item: WorkItemDetail }) {
  const { state, number, webUrl, repository, listed, issues, openIssues } = item;
  return (
    <PaneContent
      title={item.title}
      marks={
        <>
          <Tag tone={workItemStates[state].tone}>{workItemStates[state].label}</Tag>
          <span>
            {repository.name} <span className={classes.quiet}>in {repository.project}</span>
          </span>
          {number === null || webUrl === null ? null : (
            <span>
              <OutsideLink href={webUrl}>#{number} in Boards</OutsideLink>
            </span>
          )}
        </>
      }
      head={
        <>
          <p className={classes.note}>{item.reason ?? sayState[state]}</p>
          <WorkItemOrders item={item} />
        </>
      }
    >
      <PanePart title={`${countOf(issues, "issue")}, ${openIssues === 0 ? "none" : openIssues} open`}>
        <ul className={classes.listed}>
          {listed.map(({ id, severity, message, path, line, isOpen }) => (
            <li key={id}>
              <Severity severity={severity} />
              <div className={classes.issue}>
                <Link to="/issues/$issueId" params={{ issueId: id }} className={classes.plain}>
                  {message}
                </Link>
                <div className={classes.quiet}>{line === null ? path : `${path}:${line}`}</div>
              </div>
              <Tag tone={isOpen ? issueStates.open.tone : "good"}>{isOpen ? issueStates.open.label : "Over"}</Tag>
            </li>
          ))}
        </ul>
        {listed.length >= issues ? null : (
          <p className={classes.quiet}>{countOf(issues - listed.length, "more issue")} are not listed.</p>
        )}
      </PanePart>
      <PanePart title="About">
        <Facts>
          <Fact name="Asked for by">
            {item.askedBy.is === "policy" ? `Policy ${item.askedBy.name}` : item.askedBy.name},{" "}
            <Moment at={item.askedAt} />
          </Fact>
          <Fact name="Last change">
            <Moment at={item.changedAt} />
          </Fact>
          {item.type === null ? null : <Fact name="Type">{item.type}</Fact>}
          {item.remoteState === null ? null : <Fact name="State in Boards">{item.remoteState}</Fact>}
        </Facts>
      </PanePart>
    </PaneContent>
  );
}

const sayState: Readonly<Record<WorkItemDetail["state"], string>> = {
  planned: "It is being made in Boards.",
  open: "It is closed by itself when all of its issues are fixed or dismissed.",
  "closed-by-people":
    "It was closed in Boards while issues are open. Sallyport leaves it as it is until somebody decides.",
  closed: "Its issues are over. It is opened again if one returns.",
  gone: "It was deleted in Boards, and is not made again.",
};

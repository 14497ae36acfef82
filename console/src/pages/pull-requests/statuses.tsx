/** What Azure DevOps was told: one status for each kind of scan, and the roll-up that a gate asks for. */
import type { PullRequestDetail } from "#api/pull-requests/contract.ts";
import { ItemList } from "../../ui/item-list.tsx";
import { OutsideLink } from "../../ui/outside-link.tsx";
import { Panel } from "../../ui/panel.tsx";
import classes from "./pull-requests.module.css";
import { StatusTag } from "./status-tag.tsx";

type Status = PullRequestDetail["statuses"][number];

const order: readonly Status["state"][] = ["failed", "error", "pending", "succeeded", "notApplicable"];

function badFirst(a: Status, b: Status): number {
  return order.indexOf(a.state) - order.indexOf(b.state) || (a.name < b.name ? -1 : 1);
}

export function Statuses({ pullRequest }: { readonly pullRequest: PullRequestDetail }) {
  const { status, statuses, summaryUrl } = pullRequest;
  return (
    <Panel title="Statuses" flush>
      <ItemList>
        <li className={classes.status}>
          <code>sallyport/security</code>
          <StatusTag status={status} />
          <p>
            All kinds together; a gate asks for this one.
            {summaryUrl === null ? null : (
              <>
                {" "}
                <OutsideLink href={summaryUrl}>Summary</OutsideLink>
              </>
            )}
          </p>
        </li>
        {statuses.toSorted(badFirst).map(({ name, state, description }) => (
          <li key={name} className={classes.status}>
            <code>sallyport/{name}</code>
            <StatusTag status={state} />
            <p>{description}</p>
          </li>
        ))}
      </ItemList>
    </Panel>
  );
}

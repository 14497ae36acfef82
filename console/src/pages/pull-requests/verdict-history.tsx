/** Every verdict on a pull request, newest first, each with the evidence that it rests on and a page of its own. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { VerdictRow } from "#api/verdicts/contract.ts";
import { ask } from "../../api.ts";
import { Fold } from "../../ui/fold.tsx";
import { ItemList } from "../../ui/item-list.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Panel } from "../../ui/panel.tsx";
import { Listing } from "../../ui/table/listing.tsx";
import { DecidedBy } from "./decided-by.tsx";
import { Evidence } from "./evidence.tsx";
import classes from "./pull-requests.module.css";
import { sayCounts } from "./say-counts.ts";
import { VerdictTag } from "./verdict-tag.tsx";

interface Properties {
  readonly repositoryId: string;
  readonly number: number;
}

export function VerdictHistory({ repositoryId, number }: Properties) {
  const query = useQuery(ask.verdicts(repositoryId, number));
  return (
    <Panel title="History of verdicts" flush>
      <Listing
        query={query}
        isEmpty={({ rows }) => rows.length === 0}
        empty={<p className={classes.none}>No policy has said anything of it yet.</p>}
      >
        {({ rows }) => (
          <ItemList label="Verdicts">
            {rows.map((verdict, index) => (
              <Verdict key={verdict.id} verdict={verdict} number={number} newest={index === 0} />
            ))}
          </ItemList>
        )}
      </Listing>
    </Panel>
  );
}

interface VerdictProperties {
  readonly verdict: VerdictRow;
  readonly number: number;
  readonly newest: boolean;
}

function Verdict({ verdict, number, newest }: VerdictProperties) {
  const { outcome, iteration, decidedBy, counts, instanceId, at } = verdict;
  return (
    <li>
      <div className={classes.findingHead}>
        <VerdictTag outcome={outcome} />
        <span className={classes.quiet}>
          {iteration === null ? "" : `Iteration ${iteration}, `}
          <Link
            to="/pull-requests/$repositoryId/$number/$verdictId"
            params={{ repositoryId: verdict.repositoryId, number: String(number), verdictId: verdict.id }}
            className={classes.textLink}
          >
            <Moment at={at} />
          </Link>
        </span>
      </div>
      <p className={classes.quiet}>
        {decidedBy.length === 0 ? null : (
          <>
            By <DecidedBy instanceId={instanceId} policies={decidedBy} />.{" "}
          </>
        )}
        {sayCounts(counts)}
      </p>
      <Fold summary="Evidence" open={newest}>
        <Evidence verdict={verdict} />
      </Fold>
    </li>
  );
}

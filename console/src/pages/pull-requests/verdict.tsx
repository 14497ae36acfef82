/** One verdict on a pull request, as it was: its evidence, the problems it was about, and what changed to the next one. */
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import type { VerdictDetail } from "#api/verdicts/contract.ts";
import { ask } from "../../api.ts";
import { Badges } from "../../ui/badges.tsx";
import { Columns, PanelStack } from "../../ui/columns.tsx";
import { Fact, Facts } from "../../ui/facts.tsx";
import { Failure } from "../../ui/failure.tsx";
import { ItemList } from "../../ui/item-list.tsx";
import { Moment, sayExactly } from "../../ui/moment.tsx";
import { Page } from "../../ui/page.tsx";
import { Panel } from "../../ui/panel.tsx";
import { Waiting } from "../../ui/table/listing.tsx";
import { Trail } from "../../ui/trail.tsx";
import { DecidedBy } from "./decided-by.tsx";
import { Evidence } from "./evidence.tsx";
import classes from "./pull-requests.module.css";
import { sayCounts } from "./say-counts.ts";
import { VerdictChanges } from "./verdict-changes.tsx";
import { VerdictFinding } from "./verdict-finding.tsx";
import { VerdictTag } from "./verdict-tag.tsx";

const route = getRouteApi("/signed-in/pull-requests/$repositoryId/$number/$verdictId");

export function VerdictPage() {
  const { repositoryId, number, verdictId } = route.useParams();
  const query = useQuery(ask.verdict(verdictId));
  const { data } = query;
  return (
    <Page
      title={data === undefined ? "Verdict" : `Verdict of ${sayExactly(data.at)}`}
      trail={
        <Trail>
          <Link to="/pull-requests">Pull requests</Link>
          <Link to="/pull-requests/$repositoryId/$number" params={{ repositoryId, number }}>
            {data?.place.repository ?? ""} !{number}
          </Link>
          <span>Verdict</span>
        </Trail>
      }
    >
      {data !== undefined ? (
        <Content verdict={data} number={Number(number)} />
      ) : query.error !== null ? (
        <Failure error={query.error} retry={() => query.refetch()} />
      ) : (
        <Waiting />
      )}
    </Page>
  );
}

function Content({ verdict, number }: { readonly verdict: VerdictDetail; readonly number: number }) {
  const { repositoryId, iteration, at, place } = verdict;
  const rows = useQuery(ask.verdicts(repositoryId, number)).data?.rows ?? [];
  // Newest first.
  const next = rows[rows.findIndex(({ id }) => id === verdict.id) - 1];
  return (
    <Columns>
      <PanelStack>
        <Outcome verdict={verdict} isNewest={rows[0]?.id === verdict.id} />
        {next === undefined ? null : <VerdictChanges {...{ verdict, next, number }} />}
        <Findings verdict={verdict} />
      </PanelStack>
      <PanelStack>
        <Panel title="Evidence">
          <Evidence verdict={verdict} />
        </Panel>
        <Panel title="About">
          <Facts>
            <Fact name="Decided">
              <Moment at={at} />
            </Fact>
            {iteration === null ? null : <Fact name="Iteration">{iteration}</Fact>}
            <Fact name="Repository">
              {place.project} / {place.repository}
            </Fact>
            <Fact name="Target branch">{place.branch.join(", ")}</Fact>
            {place.tags.length === 0 ? null : (
              <Fact name="Tags">
                <Badges words={place.tags} />
              </Fact>
            )}
          </Facts>
        </Panel>
      </PanelStack>
    </Columns>
  );
}

function Outcome({ verdict, isNewest }: { readonly verdict: VerdictDetail; readonly isNewest: boolean }) {
  const { outcome, decidedBy, instanceId, counts } = verdict;
  return (
    <Panel title="Verdict">
      <p className={classes.verdict}>
        <VerdictTag outcome={outcome} />
        {decidedBy.length === 0 ? null : (
          <span>
            by <DecidedBy instanceId={instanceId} policies={decidedBy} />
          </span>
        )}
      </p>
      <p className={classes.lead}>
        {sayCounts(counts)} {isNewest ? "It is the newest one." : ""}
      </p>
    </Panel>
  );
}

function Findings({ verdict: { findings, instanceId } }: { readonly verdict: VerdictDetail }) {
  return (
    <Panel title="What was open then" flush>
      {findings.length === 0 ? (
        <p className={classes.none}>Nothing that the pull request brought in was open.</p>
      ) : (
        <ItemList label="What was open then">
          {findings.map((finding) => (
            <VerdictFinding key={finding.fingerprint} {...{ finding, instanceId }} />
          ))}
        </ItemList>
      )}
    </Panel>
  );
}

/** One pull request: what the policies say of it, what it brings in, what Azure DevOps was told, and what was said before. */
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import type { PullRequestDetail } from "#api/pull-requests/contract.ts";
import { ask } from "../../api.ts";
import { Columns, PanelStack } from "../../ui/columns.tsx";
import { Fact, Facts } from "../../ui/facts.tsx";
import { Failure } from "../../ui/failure.tsx";
import { Moment } from "../../ui/moment.tsx";
import { OutsideLink } from "../../ui/outside-link.tsx";
import { Page } from "../../ui/page.tsx";
import { Panel } from "../../ui/panel.tsx";
import { ScanState } from "../../ui/scan-state.tsx";
import { Waiting } from "../../ui/table/listing.tsx";
import { Badge } from "../../ui/tag.tsx";
import { Trail } from "../../ui/trail.tsx";
import { pullRequestStates } from "../../ui/words.ts";
import { FixesFor } from "./fixes-for.tsx";
import { Introduced } from "./introduced.tsx";
import { PolicyPreview } from "./policy-preview.tsx";
import classes from "./pull-requests.module.css";
import { Statuses } from "./statuses.tsx";
import { VerdictHistory } from "./verdict-history.tsx";
import { VerdictPanel } from "./verdict-panel.tsx";

const route = getRouteApi("/signed-in/pull-requests/$repositoryId/$number");

export function PullRequestPage() {
  const { repositoryId, number } = route.useParams();
  const query = useQuery(ask.pullRequest(repositoryId, Number(number)));
  const { data } = query;
  return (
    <Page
      title={data?.title ?? `Pull request ${number}`}
      trail={
        <Trail>
          <Link to="/pull-requests">Pull requests</Link>
          <span>
            {data?.repository.name ?? ""} !{number}
          </span>
        </Trail>
      }
      actions={data === undefined ? undefined : <OutsideLink href={data.webUrl}>Open in Azure DevOps</OutsideLink>}
    >
      {data !== undefined ? (
        <Content pullRequest={data} />
      ) : query.error !== null ? (
        <Failure error={query.error} retry={() => query.refetch()} />
      ) : (
        <Waiting />
      )}
    </Page>
  );
}

function Content({ pullRequest }: { readonly pullRequest: PullRequestDetail }) {
  const { repository, number } = pullRequest;
  return (
    <Columns>
      <PanelStack>
        <VerdictPanel pullRequest={pullRequest} />
        <Introduced pullRequest={pullRequest} />
        <PolicyPreview pullRequest={pullRequest} />
        <FixesFor repositoryId={repository.id} number={number} />
      </PanelStack>
      <PanelStack>
        <Panel title="About">
          <About pullRequest={pullRequest} />
        </Panel>
        <Statuses pullRequest={pullRequest} />
        <VerdictHistory repositoryId={repository.id} number={number} />
      </PanelStack>
    </Columns>
  );
}

function About({ pullRequest }: { readonly pullRequest: PullRequestDetail }) {
  const { repository, scan } = pullRequest;
  return (
    <Facts>
      <Fact name="State">
        {pullRequestStates[pullRequest.state]} {pullRequest.isDraft ? <Badge>Draft</Badge> : null}
      </Fact>
      <Fact name="Author">{pullRequest.author}</Fact>
      <Fact name="Repository">
        {repository.name}
        <div className={classes.quiet}>
          {repository.organization} / {repository.project}
        </div>
      </Fact>
      <Fact name="From">
        <code>{pullRequest.sourceBranch}</code>
      </Fact>
      <Fact name="Into">
        <code>{pullRequest.targetBranch}</code>
      </Fact>
      {pullRequest.iteration === null ? null : <Fact name="Iteration">{pullRequest.iteration}</Fact>}
      {scan === null ? null : (
        <Fact name="Scan">
          <Link to="/scans/$scanId" params={{ scanId: scan.id }} className={classes.plain}>
            <ScanState scan={scan} />
          </Link>
        </Fact>
      )}
      <Fact name="Updated">
        <Moment at={pullRequest.updatedAt} />
      </Fact>
    </Facts>
  );
}

/** One pull request: what it brings in, each with its thread in Azure DevOps. */

import { IconGitPullRequest, IconShieldCheck } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import type { PullRequestDetail } from "#api/pull-requests/contract.ts";
import { ask } from "../../api.ts";
import { Columns } from "../../ui/columns.tsx";
import { Empty } from "../../ui/empty.tsx";
import { Fact, Facts } from "../../ui/facts.tsx";
import { Failure } from "../../ui/failure.tsx";
import { Moment } from "../../ui/moment.tsx";
import { OutsideLink } from "../../ui/outside-link.tsx";
import { Page } from "../../ui/page.tsx";
import { Panel } from "../../ui/panel.tsx";
import { ScanState } from "../../ui/scan-state.tsx";
import { Severity } from "../../ui/severity.tsx";
import { SkipWords } from "../../ui/skip-words.tsx";
import { Waiting } from "../../ui/table/listing.tsx";
import { Badge, Tag } from "../../ui/tag.tsx";
import { sayPlace } from "../../ui/target.ts";
import { Trail } from "../../ui/trail.tsx";
import { issueStates, pullRequestStates } from "../../ui/words.ts";
import classes from "./pull-requests.module.css";
import { StatusTag } from "./status-tag.tsx";

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
  return (
    <Columns>
      <Panel title="What it brings in" flush>
        <Introduced pullRequest={pullRequest} />
      </Panel>
      <Panel title="About">
        <About pullRequest={pullRequest} />
      </Panel>
    </Columns>
  );
}

function Introduced({ pullRequest }: { readonly pullRequest: PullRequestDetail }) {
  if (pullRequest.introduced.length === 0) {
    const scanned = pullRequest.scan?.outcome != null;
    return (
      <Empty
        icon={scanned ? IconShieldCheck : IconGitPullRequest}
        title={scanned ? "It brings in nothing that the rules know" : "It has not been scanned yet"}
      >
        {scanned
          ? "Problems that the target branch has already do not count against a pull request."
          : "The scan begins when Azure DevOps tells of the pull request."}
      </Empty>
    );
  }
  return (
    <ul className={classes.findings}>
      {pullRequest.introduced.map((finding) => (
        <li key={finding.fingerprint} data-fixed={finding.state === "fixed" || undefined}>
          <div className={classes.findingHead}>
            <Severity severity={finding.severity} />
            <strong>{finding.title}</strong>
            <Tag tone={issueStates[finding.state].tone}>{issueStates[finding.state].label}</Tag>
          </div>
          <p className={classes.message}>{finding.message}</p>
          {finding.skip === null ? null : (
            <p className={classes.message}>
              <SkipWords skip={finding.skip} />
            </p>
          )}
          <div className={classes.findingFoot}>
            <code>{sayPlace(finding.at)}</code>
            {finding.state === "silenced" && finding.threadUrl === null ? null : finding.threadUrl === null ? (
              <span className={classes.quiet}>No comment thread yet</span>
            ) : (
              <OutsideLink href={finding.threadUrl}>Comment thread</OutsideLink>
            )}
          </div>
        </li>
      ))}
    </ul>
  );
}

function About({ pullRequest }: { readonly pullRequest: PullRequestDetail }) {
  const { repository, scan } = pullRequest;
  return (
    <Facts>
      <Fact name="State">
        {pullRequestStates[pullRequest.state]} {pullRequest.isDraft ? <Badge>Draft</Badge> : null}
      </Fact>
      <Fact name="Status">
        <StatusTag status={pullRequest.status} />
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

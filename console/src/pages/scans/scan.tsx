/** One scan: how it went, what it read, what it could not read. */

import { Alert } from "@mantine/core";
import { IconCircleCheck, IconCircleX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import type { ScanDetail } from "#api/scans/contract.ts";
import { ask } from "../../api.ts";
import { countOf, sayBytes, sayCount, sayDuration } from "../../ui/amounts.ts";
import { Columns, PanelStack } from "../../ui/columns.tsx";
import { CopyText } from "../../ui/copy-text.tsx";
import { Empty } from "../../ui/empty.tsx";
import { Fact, Facts } from "../../ui/facts.tsx";
import { Failure } from "../../ui/failure.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Page } from "../../ui/page.tsx";
import { Panel } from "../../ui/panel.tsx";
import { ScanState } from "../../ui/scan-state.tsx";
import { Waiting } from "../../ui/table/listing.tsx";
import { sayTarget } from "../../ui/target.ts";
import { Trail } from "../../ui/trail.tsx";
import { BuiltFindings } from "./built-findings.tsx";
import { Problems } from "./problems.tsx";
import { sayBecause } from "./say-because.ts";
import classes from "./scans.module.css";

const route = getRouteApi("/signed-in/scans/$scanId");

export function ScanPage() {
  const { scanId } = route.useParams();
  const query = useQuery(ask.scan(scanId));
  const { data } = query;
  return (
    <Page
      title={data === undefined ? "Scan" : `Scan of ${data.repository.name}`}
      lead={data === undefined ? undefined : sayTarget(data.target)}
      trail={
        <Trail>
          <Link to="/scans">Scans</Link>
          <span>{data?.repository.name}</span>
        </Trail>
      }
    >
      {data !== undefined ? (
        <Content scan={data} />
      ) : query.error !== null ? (
        <Failure error={query.error} retry={() => query.refetch()} />
      ) : (
        <Waiting />
      )}
    </Page>
  );
}

function Content({ scan }: { readonly scan: ScanDetail }) {
  const notices = scan.problems.filter(({ isNotice }) => isNotice);
  const unread = scan.problems.filter(({ isNotice }) => !isNotice);
  return (
    <>
      {scan.outcome === "failed" && scan.message !== null ? (
        <Alert color="red" variant="light" title="The scan failed">
          {scan.message}
        </Alert>
      ) : null}
      <Columns>
        <PanelStack>
          {scan.target.is === "commit" ? (
            <Panel title="What the built commit holds" flush>
              <BuiltFindings scan={scan} />
            </Panel>
          ) : null}
          <Panel title="What could not be read" flush>
            {unread.length === 0 ? <AllRead scan={scan} /> : <Problems problems={unread} />}
          </Panel>
          {notices.length === 0 ? null : (
            <Panel title="Good to know" flush>
              <p className={classes.lead}>Nothing is missing because of these; somebody may want to tidy up.</p>
              <Problems problems={notices} />
            </Panel>
          )}
        </PanelStack>
        <Panel title="About">
          <About scan={scan} />
        </Panel>
      </Columns>
    </>
  );
}

function AllRead({ scan }: { readonly scan: ScanDetail }) {
  if (scan.outcome === "failed" || scan.outcome === "superseded") {
    return (
      <Empty icon={IconCircleX} title="It did not come to its end">
        What it had read until then is kept, and need not be read again.
      </Empty>
    );
  }
  return (
    <Empty icon={IconCircleCheck} title={scan.outcome === null ? "Nothing so far" : "Everything was read"}>
      {scan.outcome === null
        ? "The scan is still at work."
        : "Files that are too large, broken or in an unknown encoding would be listed here, never dropped."}
    </Empty>
  );
}

/** Those that are too large stand one by one under "What could not be read". */
function sayLeftAside({ binary, tooLarge }: NotScanned): string {
  const parts = [
    ...(binary > 0 ? [countOf(binary, "binary file")] : []),
    ...(tooLarge > 0 ? [`${sayCount(tooLarge)} too large`] : []),
  ];
  return parts.length === 0 ? "Nothing" : parts.join(", ");
}

type NotScanned = NonNullable<NonNullable<ScanDetail["stats"]>["notScanned"]>;

function About({ scan }: { readonly scan: ScanDetail }) {
  const { repository, stats } = scan;
  return (
    <Facts>
      <Fact name="Outcome">
        <ScanState scan={scan} />
      </Fact>
      <Fact name="Repository">
        <Link to="/issues" search={{ repositoryId: repository.id }} className={classes.plain}>
          {repository.name}
        </Link>
        <div className={classes.quiet}>
          {repository.organization} / {repository.project}
        </div>
      </Fact>
      <Fact name="Commit">
        <code>{scan.commit}</code> <CopyText text={scan.commit} label="Copy the commit" />
      </Fact>
      <Fact name="Because">{sayBecause(scan)}</Fact>
      <Fact name="Started">
        <Moment at={scan.startedAt} />
      </Fact>
      {stats === null ? null : (
        <>
          <Fact name="Took">{sayDuration(stats.milliseconds)}</Fact>
          <Fact name="Read">
            {scan.target.is === "history"
              ? countOf(stats.files, "version of a file", "versions of files")
              : countOf(stats.files, "file")}
            , {sayBytes(stats.bytes)}
          </Fact>
          {stats.notScanned === undefined ? null : <Fact name="Not scanned">{sayLeftAside(stats.notScanned)}</Fact>}
          <Fact name="Known already">
            {sayCount(stats.cache.hits)} of {sayCount(stats.cache.hits + stats.cache.misses)}
          </Fact>
        </>
      )}
    </Facts>
  );
}

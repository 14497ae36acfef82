/** One package: who uses which version since when, what is open and known against it, its licences, how it is kept up. */

import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import type { PackageDetail } from "#api/packages/contract.ts";
import { ask } from "../../api.ts";
import { countOf } from "../../ui/amounts.ts";
import { Columns, PanelStack } from "../../ui/columns.tsx";
import { Fact, Facts } from "../../ui/facts.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Page } from "../../ui/page.tsx";
import { Panel } from "../../ui/panel.tsx";
import { Listing } from "../../ui/table/listing.tsx";
import { Trail } from "../../ui/trail.tsx";
import { ecosystemLabels } from "../../ui/words.ts";
import { KnownAdvisories } from "./known-advisories.tsx";
import { OpenIssuesOf } from "./open-issues-of.tsx";
import { UseMarks } from "./package-columns.tsx";
import { PackageUses } from "./package-uses.tsx";
import classes from "./packages.module.css";
import { SampleNotice } from "./sample-notice.tsx";
import { VersionsInUse } from "./versions-in-use.tsx";

const route = getRouteApi("/signed-in/packages/$ecosystem/$");

export function PackagePage() {
  const { ecosystem, _splat: key = "" } = route.useParams();
  const query = useQuery(ask.package({ ecosystem, key }));
  const { data } = query;
  return (
    <Page
      title={data?.name ?? key}
      lead={data === undefined ? undefined : <Lead detail={data} />}
      trail={
        <Trail>
          <Link to="/packages">Packages</Link>
        </Trail>
      }
    >
      <SampleNotice />
      <Listing query={query} isEmpty={() => false} empty={null}>
        {(detail) => <Content detail={detail} />}
      </Listing>
    </Page>
  );
}

function Lead({ detail }: { readonly detail: PackageDetail }) {
  return (
    <span className={classes.lead}>
      <span>{ecosystemLabels[detail.ecosystem]}</span>
      <UseMarks row={detail} />
    </span>
  );
}

function Content({ detail }: { readonly detail: PackageDetail }) {
  return (
    <Columns small>
      <PanelStack>
        <PackageUses detail={detail} />
        <OpenIssuesOf detail={detail} />
        <VersionsInUse detail={detail} />
        <KnownAdvisories detail={detail} />
      </PanelStack>
      <PanelStack>
        <Panel title="About">
          <Facts>
            <Fact name="In use by">{countOf(detail.repositories, "repository", "repositories")}</Fact>
            <Fact name="Since">
              <Moment at={detail.since} />
            </Fact>
            <Fact name="Licences">
              {detail.licenses.length === 0 ? (
                <span className={classes.quiet}>Not said in any manifest</span>
              ) : (
                detail.licenses.map((license) => (
                  <div key={license}>
                    <Link to="/packages" search={{ license }} className={classes.plain}>
                      {license}
                    </Link>
                  </div>
                ))
              )}
            </Fact>
          </Facts>
        </Panel>
      </PanelStack>
    </Columns>
  );
}

/** One pipeline: its bill of materials, what rules say of it and its runs, who starts it, and what it was before. */
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import type { PipelineDetail } from "#api/pipelines/contract.ts";
import { ask, type PipelineName, pipelineAddress } from "../../api.ts";
import { Columns, PanelStack } from "../../ui/columns.tsx";
import { DownloadLinks } from "../../ui/download-links.tsx";
import { Failure } from "../../ui/failure.tsx";
import { OutsideLink } from "../../ui/outside-link.tsx";
import { Page } from "../../ui/page.tsx";
import { Panel } from "../../ui/panel.tsx";
import { Waiting } from "../../ui/table/listing.tsx";
import { Trail } from "../../ui/trail.tsx";
import { AboutPipeline } from "./about-pipeline.tsx";
import { Bill } from "./bill.tsx";
import { BillChanges } from "./bill-changes.tsx";
import { Exposures } from "./exposures.tsx";
import classes from "./pipelines.module.css";
import { Risks } from "./risks.tsx";
import { Runs } from "./runs.tsx";

const route = getRouteApi("/signed-in/pipelines/$organizationId/$projectId/$definitionId");

const formats = { json: "JSON", "cdx.json": "CycloneDX" };

export function PipelinePage() {
  const name: PipelineName = route.useParams();
  const query = useQuery(ask.pipeline(name));
  const { data } = query;
  return (
    <Page
      title={data?.name ?? "Pipeline"}
      trail={
        <Trail>
          <Link to="/pipelines">Pipelines</Link>
          {data === undefined ? null : (
            <Link to="/pipelines" search={{ organizationId: data.organizationId, projectId: data.project.id }}>
              {data.project.name}
            </Link>
          )}
        </Trail>
      }
      lead={data === undefined ? undefined : <OutsideLink href={data.url}>Open in Azure DevOps</OutsideLink>}
      actions={
        data === undefined || data.bill === null ? undefined : (
          <DownloadLinks what="The bill of materials" address={`${pipelineAddress(name)}/bill`} formats={formats} />
        )
      }
    >
      {data !== undefined ? (
        <Content pipeline={data} name={name} />
      ) : query.error !== null ? (
        <Failure error={query.error} retry={() => query.refetch()} />
      ) : (
        <Waiting />
      )}
    </Page>
  );
}

function Content({ pipeline, name }: { readonly pipeline: PipelineDetail; readonly name: PipelineName }) {
  const gaps = [...new Set([...pipeline.gaps, ...(pipeline.bill?.gaps ?? [])])];
  return (
    <Columns>
      <PanelStack>
        <Risks pipeline={pipeline} />
        <Bill bill={pipeline.bill} />
        <BillChanges pipeline={pipeline} name={name} />
      </PanelStack>
      <PanelStack>
        <AboutPipeline pipeline={pipeline} />
        <Exposures pipeline={pipeline} />
        <Runs pipeline={pipeline} />
        {gaps.length === 0 ? null : (
          <Panel title="What is not known">
            <ul className={classes.gaps}>
              {gaps.map((gap) => (
                <li key={gap}>{gap}</li>
              ))}
            </ul>
          </Panel>
        )}
      </PanelStack>
    </Columns>
  );
}

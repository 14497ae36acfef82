/** One attack path: drawn and walked step by step, the settings that end it, and what is known about it. */
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import type { AttackPathDetail } from "#api/attack-paths/contract.ts";
import { ask } from "../../api.ts";
import { countOf } from "../../ui/amounts.ts";
import { Columns, PanelStack } from "../../ui/columns.tsx";
import { Failure } from "../../ui/failure.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Page } from "../../ui/page.tsx";
import { Panel } from "../../ui/panel.tsx";
import { certainties } from "../../ui/posture-words.ts";
import { Prose } from "../../ui/prose.tsx";
import { Severity } from "../../ui/severity.tsx";
import { Waiting } from "../../ui/table/listing.tsx";
import { Tag } from "../../ui/tag.tsx";
import { Trail } from "../../ui/trail.tsx";
import { AboutPath } from "./about-path.tsx";
import classes from "./attack-paths.module.css";
import { PathCut } from "./path-cut.tsx";
import { PathGraph } from "./path-graph.tsx";
import { PathStep } from "./path-step.tsx";
import { sayNode } from "./say-node.ts";

const route = getRouteApi("/signed-in/attack-paths/$organizationId/$pathId");

export function AttackPathPage() {
  const { organizationId, pathId } = route.useParams();
  const query = useQuery(ask.attackPath(organizationId, pathId));
  const { data } = query;
  return (
    <Page
      title={data === undefined ? "Attack path" : `${sayNode(data.entry)} to ${sayNode(data.target)}`}
      trail={
        <Trail>
          <Link to="/attack-paths">Attack paths</Link>
          {data === undefined ? null : (
            <Link to="/attack-paths" search={{ organizationId }}>
              {data.organization}
            </Link>
          )}
        </Trail>
      }
      lead={data === undefined ? undefined : <Marks path={data} />}
    >
      {data !== undefined ? (
        <Content path={data} />
      ) : query.error !== null ? (
        <Failure error={query.error} retry={() => query.refetch()} />
      ) : (
        <Waiting />
      )}
    </Page>
  );
}

function Marks({ path: { severity, certainty, alternatives, goneAt } }: { readonly path: AttackPathDetail }) {
  return (
    <span className={classes.marks}>
      <Severity severity={severity} />
      <Tag tone={certainties[certainty].tone}>{certainties[certainty].label}</Tag>
      {alternatives === 0 ? null : <span>{countOf(alternatives, "other way")} between the two</span>}
      {goneAt === null ? null : (
        <Tag tone="good">
          Gone since <Moment at={goneAt} />
        </Tag>
      )}
    </span>
  );
}

function Content({ path }: { readonly path: AttackPathDetail }) {
  const { step } = route.useSearch();
  const navigate = useNavigate({ from: "/attack-paths/$organizationId/$pathId" });
  const wanted = Number(step ?? 1) - 1;
  const shown = Number.isInteger(wanted) && wanted >= 0 && wanted < path.edges.length ? wanted : 0;
  const show = (edge: number) =>
    void navigate({ search: { step: edge === 0 ? undefined : String(edge + 1) }, replace: true, resetScroll: false });
  return (
    <>
      <Columns>
        <Panel title="The way" className={classes.way}>
          <div className={classes.drawing}>
            <PathGraph path={path} shown={shown} onShow={show} />
          </div>
          <p className={classes.keys}>
            Arrow keys walk from step to step. The dashed step with scissors is where the proposed setting cuts.
          </p>
        </Panel>
        <div className={classes.side}>
          <PathStep path={path} shown={shown} />
        </div>
      </Columns>
      <Columns>
        <PathCut path={path} onShow={show} />
        <PanelStack>
          {path.why === null ? null : (
            <Panel title="Why it matters">
              <Prose text={path.why} />
            </Panel>
          )}
          <AboutPath path={path} />
        </PanelStack>
      </Columns>
    </>
  );
}

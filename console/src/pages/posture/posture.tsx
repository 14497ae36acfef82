/** How an organization's settings stand: by category, over time, and what the last look cost. */
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import type { Posture } from "#api/posture/contract.ts";
import { ask } from "../../api.ts";
import { countOf, sayCount } from "../../ui/amounts.ts";
import { Columns, PanelStack } from "../../ui/columns.tsx";
import { DownloadLinks } from "../../ui/download-links.tsx";
import { Headline, Headlines } from "../../ui/headlines.tsx";
import { Panel } from "../../ui/panel.tsx";
import { SeverityCounts } from "../../ui/severity.tsx";
import { Listing } from "../../ui/table/listing.tsx";
import { Categories } from "./categories.tsx";
import { LastLook } from "./last-look.tsx";
import classes from "./posture.module.css";
import { PosturePage as Frame } from "./posture-page.tsx";
import { Trend } from "./trend.tsx";

const route = getRouteApi("/signed-in/posture");

export function PosturePage() {
  const { organizationId } = route.useSearch();
  const navigate = useNavigate({ from: "/posture" });
  return (
    <Frame
      organizationId={organizationId}
      onOrganization={(next) => void navigate({ search: { organizationId: next }, replace: true })}
      actions={({ id }) => <DownloadLinks what="All answers" address={`/api/organizations/${id}/posture/results`} />}
    >
      {({ id }) => <Overview key={id} organizationId={id} />}
    </Frame>
  );
}

function Overview({ organizationId }: { readonly organizationId: string }) {
  const query = useQuery(ask.posture(organizationId));
  return (
    <Listing query={query} isEmpty={() => false} empty={null}>
      {(posture) => (
        <>
          <Figures posture={posture} />
          <Columns small>
            <PanelStack>
              <Panel title="By category" flush>
                <Categories posture={posture} />
              </Panel>
              <Trend days={posture.trend} />
            </PanelStack>
            <LastLook posture={posture} />
          </Columns>
        </>
      )}
    </Listing>
  );
}

function Figures({ posture }: { readonly posture: Posture }) {
  const { id, fail, pass, notEvaluated, failures, attackPaths, pipelines } = posture;
  const of = { organizationId: id };
  return (
    <Headlines>
      <Headline
        name="Fails"
        figure={sayCount(fail)}
        isBad={failures.critical > 0}
        note={<SeverityCounts counts={failures} />}
      />
      <Headline
        name="Not evaluated"
        figure={sayCount(notEvaluated)}
        note={
          notEvaluated === 0 ? (
            "Everything needed is known"
          ) : (
            <Link to="/posture/facts" search={of} className={classes.plain}>
              What is not known, and why
            </Link>
          )
        }
      />
      <Headline name="Passes" figure={sayCount(pass)} note={`Of ${countOf(pass + fail + notEvaluated, "answer")}`} />
      <Headline
        name="Attack paths"
        figure={sayCount(attackPaths)}
        isBad={attackPaths > 0}
        note={
          attackPaths === 0 ? (
            `Through ${countOf(pipelines, "pipeline")}`
          ) : (
            <Link to="/attack-paths" search={of} className={classes.plain}>
              Walk them
            </Link>
          )
        }
      />
    </Headlines>
  );
}

/** How an instance weighs urgency and in how many days it wants problems solved, with what other weights would do. */
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { ask } from "../../api.ts";
import { PanelStack } from "../../ui/columns.tsx";
import { NothingConnected } from "../../ui/nothing-connected.tsx";
import { Page } from "../../ui/page.tsx";
import { Listing } from "../../ui/table/listing.tsx";
import { Trail } from "../../ui/trail.tsx";
import { InstancePicker } from "../policies/instance-picker.tsx";
import { useInstance } from "../policies/use-instance.ts";
import { DaysPanel } from "./days-panel.tsx";
import { WeightsPanel } from "./weights-panel.tsx";

const route = getRouteApi("/signed-in/settings/urgency");

export function UrgencyPage() {
  const { instanceId } = route.useSearch();
  const navigate = useNavigate({ from: "/settings/urgency" });
  const query = useQuery(ask.instances());
  const choice = useInstance(instanceId);
  const { instance: shown } = choice;
  return (
    <Page
      title="Urgency"
      lead="Which issues come first, as a sum of points that each issue shows, and by when they should be solved."
      trail={
        <Trail>
          <span>Settings</span>
        </Trail>
      }
      actions={
        <InstancePicker
          choice={choice}
          onChange={(next) => void navigate({ search: { instanceId: next }, replace: true })}
        />
      }
    >
      <Listing
        query={query}
        isEmpty={({ rows: all }) => all.length === 0}
        empty={<NothingConnected>Each instance weighs the urgency of its issues by itself.</NothingConnected>}
      >
        {() =>
          shown === undefined ? null : (
            <PanelStack key={shown.id} alone>
              <WeightsPanel instanceId={shown.id} />
              <DaysPanel instanceId={shown.id} />
            </PanelStack>
          )
        }
      </Listing>
    </Page>
  );
}

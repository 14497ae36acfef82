/** How an instance, or one of its projects, wants its work items in Azure Boards. */
import { NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { InstanceDetail } from "#api/instances/contract.ts";
import { ask } from "../../api.ts";
import { PanelStack } from "../../ui/columns.tsx";
import { KeptForm } from "../../ui/kept-form.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Panel } from "../../ui/panel.tsx";
import { Listing } from "../../ui/table/listing.tsx";
import { WorkItemSettings } from "../work-items/work-item-settings.tsx";
import classes from "./instance.module.css";

interface Properties {
  readonly instance: InstanceDetail;
  readonly administers: boolean;
}

export function WorkItemsTab({ instance, administers }: Properties) {
  const [projectId, setProjectId] = useState<string>();
  const { data: health } = useQuery(ask.instanceHealth(instance.id));
  const projects = (health?.projects ?? [])
    .filter(({ chosen }) => chosen > 0)
    .map(({ id, name }) => ({ value: id, label: name }))
    .toSorted((a, b) => a.label.localeCompare(b.label));
  const query = useQuery(ask.workItemSettings(instance.id, projectId));
  return (
    <PanelStack alone>
      {instance.features.workItems ? null : (
        <Notice>
          Work items are switched off for this instance: none is made until they are switched on under Settings.
        </Notice>
      )}
      <Panel
        title="How work items are made"
        aside={
          <NativeSelect
            aria-label="Of which project"
            value={projectId ?? ""}
            data={[{ value: "", label: "All projects" }, ...projects]}
            onChange={({ currentTarget: { value } }) => setProjectId(value === "" ? undefined : value)}
          />
        }
      >
        <Listing query={query} isEmpty={() => false} empty={null}>
          {(saved) => (
            <KeptForm key={`${projectId} ${saved.isOfProject}`} saved={saved}>
              {(settings) => (
                <WorkItemSettings
                  instanceId={instance.id}
                  projectId={projectId}
                  projects={projects}
                  settings={settings}
                  administers={administers}
                />
              )}
            </KeptForm>
          )}
        </Listing>
      </Panel>
      <p className={classes.quiet}>
        <Link to="/work-items" search={{ instanceId: instance.id }} style={{ color: "inherit" }}>
          The work items of this instance
        </Link>
      </p>
    </PanelStack>
  );
}

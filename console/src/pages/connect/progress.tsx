/** After saving: stays until the instance says that it is connected, or why not. */

import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { InstanceDetail } from "#api/instances/contract.ts";
import { ask } from "../../api.ts";
import { sayCount } from "../../ui/amounts.ts";
import { PanelStack } from "../../ui/columns.tsx";
import { LinkButton } from "../../ui/link-button.tsx";
import { Panel } from "../../ui/panel.tsx";
import { Listing } from "../../ui/table/listing.tsx";
import { Tag } from "../../ui/tag.tsx";
import { InstanceStatus } from "../integrations/instance-status.tsx";
import classes from "./connect.module.css";

interface Properties {
  readonly instanceId: string;
  readonly onAnew: () => void;
}

const titles: Readonly<Record<InstanceDetail["state"], string>> = {
  connecting: "Connecting",
  connected: "It is connected",
  warning: "It is connected, with a warning",
  error: "It is saved, and does not work yet",
  disabled: "It is switched off",
};

export function Progress({ instanceId, onAnew }: Properties) {
  const query = useQuery({
    ...ask.instance(instanceId),
    // News come by themselves; this is for when they cannot.
    refetchInterval: ({ state }) => (state.data === undefined || state.data.state === "connecting" ? 3000 : false),
  });
  const health = useQuery(ask.instanceHealth(instanceId));
  const polls = health.data?.delivery.is === "polling";
  return (
    <PanelStack alone>
      <Panel title={titles[query.data?.state ?? "connecting"]}>
        <Listing query={query} isEmpty={() => false} empty={null}>
          {(instance) => {
            const { hooks, repositories } = instance;
            return (
              <div className={classes.progress} role="status" aria-live="polite">
                <InstanceStatus instance={instance} />
                <ul className={classes.checks}>
                  <li>
                    <Tag tone="good">The sign-in is sealed and stored</Tag>
                  </li>
                  <li>
                    <Tag tone={repositories.total > 0 ? "good" : "busy"}>
                      {sayCount(repositories.total)} repositories found, {sayCount(repositories.chosen)} to be scanned
                    </Tag>
                  </li>
                  <li>
                    {polls ? (
                      <Tag tone="good">Asks Azure DevOps for news by itself: no hooks are needed</Tag>
                    ) : (
                      <Tag tone={hooks.total > 0 && hooks.healthy === hooks.total ? "good" : "busy"}>
                        {sayCount(hooks.healthy)} of {sayCount(hooks.total)} service hooks made
                      </Tag>
                    )}
                  </li>
                </ul>
                <div className={classes.buttons}>
                  <Button variant="default" onClick={onAnew}>
                    Connect another
                  </Button>
                  <LinkButton to="/settings/integrations/$instanceId" params={{ instanceId }} variant="default">
                    Open the instance
                  </LinkButton>
                  <LinkButton to="/scans">Watch the first scans</LinkButton>
                </div>
              </div>
            );
          }}
        </Listing>
      </Panel>
    </PanelStack>
  );
}

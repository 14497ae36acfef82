/** After saving: stays until the instance says that it is connected, or why not. */
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ask } from "../../api.ts";
import { sayCount } from "../../ui/amounts.ts";
import { Panel } from "../../ui/panel.tsx";
import { Listing } from "../../ui/table/listing.tsx";
import { Tag } from "../../ui/tag.tsx";
import { InstanceStatus } from "../integrations/instance-status.tsx";
import classes from "./connect.module.css";

export function Progress({ instanceId }: { readonly instanceId: string }) {
  const query = useQuery({
    ...ask.instance(instanceId),
    // News come by themselves; this is for when they cannot.
    refetchInterval: ({ state }) => (state.data === undefined || state.data.state === "connecting" ? 3000 : false),
  });
  return (
    <div className={classes.narrow}>
      <Panel title="Connecting">
        <Listing query={query} isEmpty={() => false} empty={null}>
          {(instance) => {
            const { hooks, repositories } = instance;
            return (
              <div className={classes.progress} role="status" aria-live="polite">
                <InstanceStatus instance={instance} />
                <ul className={classes.checks}>
                  <li>
                    <Tag tone="good">The token is sealed and stored</Tag>
                  </li>
                  <li>
                    <Tag tone={repositories.total > 0 ? "good" : "busy"}>
                      {sayCount(repositories.total)} repositories found, {sayCount(repositories.chosen)} to be scanned
                    </Tag>
                  </li>
                  <li>
                    <Tag tone={hooks.total > 0 && hooks.healthy === hooks.total ? "good" : "busy"}>
                      {sayCount(hooks.healthy)} of {sayCount(hooks.total)} service hooks made
                    </Tag>
                  </li>
                </ul>
                <div className={classes.buttons}>
                  <Button component={Link} to="/settings/integrations" variant="default">
                    All instances
                  </Button>
                  <Button component={Link} to="/scans">
                    Watch the first scans
                  </Button>
                </div>
              </div>
            );
          }}
        </Listing>
      </Panel>
    </div>
  );
}

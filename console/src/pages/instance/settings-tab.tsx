/** The name, the switches, the pause, and the end of an instance. */

import { Button, Group, Text } from "@mantine/core";
import { IconPlayerPause, IconPlayerPlay } from "@tabler/icons-react";
import type { InstanceDetail } from "#api/instances/contract.ts";
import { PanelStack } from "../../ui/columns.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Panel } from "../../ui/panel.tsx";
import { FixSettingsPanel } from "../fixes/fix-settings-panel.tsx";
import { useInstanceOrders } from "../integrations/use-instance-orders.ts";
import { PackageSettingsPanel } from "../packages/package-settings-panel.tsx";
import { PostureSettingsPanel } from "../posture/posture-settings-panel.tsx";
import { EditFeatures } from "./edit-features.tsx";
import { EditName } from "./edit-name.tsx";
import classes from "./instance.module.css";

interface Properties {
  readonly instance: InstanceDetail;
  readonly onDelete: () => void;
}

export function SettingsTab({ instance, onDelete }: Properties) {
  return (
    <PanelStack alone>
      <EditName instance={instance} />
      <EditFeatures key={JSON.stringify(instance.features)} instance={instance} />
      <PackageSettingsPanel instance={instance} />
      <FixSettingsPanel instance={instance} />
      <PostureSettingsPanel instanceId={instance.id} />
      <PauseOrResume instance={instance} />
      <Panel title="Delete instance" className={classes.danger}>
        <Text mb="sm">
          Removes its hooks in Azure DevOps, erases its credentials and deletes its scans and issues. You can take the
          issues with you first.
        </Text>
        <Button variant="outline" color="red" onClick={onDelete}>
          Delete instance
        </Button>
      </Panel>
    </PanelStack>
  );
}

function PauseOrResume({ instance }: { readonly instance: InstanceDetail }) {
  const orders = useInstanceOrders();
  const { pausedAt } = instance;
  return (
    <Panel title="Pause">
      <Text mb="sm">
        {pausedAt === null ? (
          "A paused instance scans, posts and asks nothing. What arrives is kept; resuming catches up."
        ) : (
          <>
            Paused by {instance.pausedBy ?? "somebody"} <Moment at={pausedAt} />.
          </>
        )}
      </Text>
      <Group gap={8}>
        <Button
          variant="default"
          leftSection={pausedAt === null ? <IconPlayerPause size={16} /> : <IconPlayerPlay size={16} />}
          loading={orders.isPending}
          onClick={() => orders.mutate({ id: instance.id, order: pausedAt === null ? "pause" : "resume" })}
        >
          {pausedAt === null ? "Pause this instance" : "Resume this instance"}
        </Button>
      </Group>
    </Panel>
  );
}

/** The frame of what belongs to one instance: waiting, failed, nothing connected yet, or what is to be shown of it. */
import { IconPlugConnected, IconPlus } from "@tabler/icons-react";
import type { ReactNode } from "react";
import type { InstanceRow } from "#api/instances/contract.ts";
import { Empty } from "../../ui/empty.tsx";
import { Failure } from "../../ui/failure.tsx";
import { LinkButton } from "../../ui/link-button.tsx";
import { Panel } from "../../ui/panel.tsx";
import { Waiting } from "../../ui/table/listing.tsx";
import type { InstanceChoice } from "./use-instance.ts";

interface Properties {
  readonly choice: InstanceChoice;
  readonly children: (instance: InstanceRow) => ReactNode;
}

export function OfInstance({ choice: { instance, query }, children }: Properties) {
  if (instance !== undefined) return children(instance);
  return (
    <Panel flush>
      {query.error !== null ? (
        <Failure error={query.error} retry={query.refetch} />
      ) : query.isPending ? (
        <Waiting />
      ) : (
        <Empty
          icon={IconPlugConnected}
          title="Nothing is connected yet"
          action={
            <LinkButton to="/settings/integrations/new" leftSection={<IconPlus size={16} />}>
              Connect Azure DevOps
            </LinkButton>
          }
        >
          Each connected instance has policies of its own.
        </Empty>
      )}
    </Panel>
  );
}

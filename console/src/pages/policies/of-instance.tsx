/** The frame of what belongs to one instance: waiting, failed, nothing connected yet, or what is to be shown of it. */
import type { ReactNode } from "react";
import type { InstanceRow } from "#api/instances/contract.ts";
import { Failure } from "../../ui/failure.tsx";
import { NothingConnected } from "../../ui/nothing-connected.tsx";
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
        <NothingConnected>Each connected instance has policies of its own.</NothingConnected>
      )}
    </Panel>
  );
}

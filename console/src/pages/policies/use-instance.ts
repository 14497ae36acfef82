/** Which instance a page is about: the one in the address, or the first there is. */
import { useQuery } from "@tanstack/react-query";
import type { InstanceRow } from "#api/instances/contract.ts";
import { ask } from "../../api.ts";

export interface InstanceChoice {
  /** Undefined until they are known, and where nothing is connected. */
  readonly instance: InstanceRow | undefined;
  readonly instances: readonly InstanceRow[];
  readonly query: {
    readonly isPending: boolean;
    readonly error: Error | null;
    readonly refetch: () => Promise<unknown>;
  };
}

export function useInstance(wanted: string | undefined): InstanceChoice {
  const query = useQuery(ask.instances());
  const instances = query.data?.rows ?? [];
  return { instance: instances.find(({ id }) => id === wanted) ?? instances[0], instances, query };
}

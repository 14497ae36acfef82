/** What the repository and the instance are called by which a list is filtered; undefined where it is not. */
import { useQuery } from "@tanstack/react-query";
import { ask } from "../api.ts";

interface Places {
  readonly repositoryId?: string | undefined;
  readonly instanceId?: string | undefined;
}

export function usePlaceNames({ repositoryId, instanceId }: Places): Places {
  const repository = useQuery({ ...ask.repository(repositoryId ?? ""), enabled: repositoryId !== undefined });
  const instances = useQuery({ ...ask.instances(), enabled: instanceId !== undefined });
  const instance = instances.data?.rows.find(({ id }) => id === instanceId);
  return {
    repositoryId: repositoryId === undefined ? undefined : (repository.data?.name ?? "One repository"),
    instanceId: instanceId === undefined ? undefined : (instance?.name ?? "One instance"),
  };
}

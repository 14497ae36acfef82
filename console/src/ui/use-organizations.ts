/** Organizations whose settings are looked at, and which of them a page is about: the one in the address, or the first. */
import { useQuery } from "@tanstack/react-query";
import type { PostureOrganization } from "#api/posture/contract.ts";
import { ask } from "../api.ts";

export interface OrganizationChoice {
  /** Undefined until they are known, and where nothing is connected. */
  readonly organization: PostureOrganization | undefined;
  readonly organizations: readonly PostureOrganization[];
  /** The one that was asked for, or the only one there is: a list of all is of none. */
  readonly onlyId: string | undefined;
  readonly query: {
    readonly isPending: boolean;
    readonly error: Error | null;
    readonly refetch: () => Promise<unknown>;
  };
}

export function useOrganizations(wanted: string | undefined): OrganizationChoice {
  const query = useQuery(ask.postureOrganizations());
  const organizations = query.data?.rows ?? [];
  return {
    organization: organizations.find(({ id }) => id === wanted) ?? organizations[0],
    organizations,
    onlyId: wanted ?? (organizations.length === 1 ? organizations[0]?.id : undefined),
    query,
  };
}

/** Switching and taking away policies, with the words that say what came of it. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { PolicyBody } from "#api/policies/contract.ts";
import { tell } from "../../api.ts";
import { sayDone, sayFailed } from "../../ui/say.ts";

type Named = Pick<PolicyBody, "id" | "name">;

export function useSwitchPolicy(instance: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ policy, enabled }: { readonly policy: Named; readonly enabled: boolean }) =>
      tell.switchPolicy(instance, policy.id, enabled),
    onSuccess: (_, { policy, enabled }) =>
      sayDone(`“${policy.name}” is ${enabled ? "on" : "off"}. Open pull requests are judged again in a moment.`),
    onError: (error, { policy }) => sayFailed(`“${policy.name}” was not switched`, error),
    onSettled: () => client.invalidateQueries({ queryKey: ["policies"] }),
  });
}

export function useRemovePolicy(instance: string, onRemoved?: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (policy: Named) => tell.removePolicy(instance, policy.id),
    onSuccess: (_, { name }) => {
      sayDone(`“${name}” is deleted. Open pull requests are judged again in a moment.`);
      onRemoved?.();
    },
    onError: (error, { name }) => sayFailed(`“${name}” was not deleted`, error),
    onSettled: () => client.invalidateQueries({ queryKey: ["policies"] }),
  });
}

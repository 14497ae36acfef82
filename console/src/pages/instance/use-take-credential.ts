/** Gives a checked sign-in to an instance, beside those that it has. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { tell } from "../../api.ts";
import { sayDone, sayFailed } from "../../ui/say.ts";

export function useTakeCredential(instanceId: string, onDone: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (draft: string) => tell.editInstance(instanceId, { draft }),
    onSuccess: async () => {
      sayDone("The new credential is stored.");
      onDone();
      await client.invalidateQueries({ queryKey: ["instances"] });
    },
    onError: (error) => sayFailed("The credential was not taken", error),
  });
}

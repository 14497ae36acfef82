/** Asks the providers of secrets whether they still take them, and says of which nobody was asked, and why. */
import { Stack, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { SecretRow } from "#api/secrets/contract.ts";
import { tell } from "../../api.ts";
import { countOf } from "../../ui/amounts.ts";
import { DialogEnd } from "../../ui/dialog-end.tsx";
import { saysWhy } from "../../ui/failure.tsx";
import { Outcomes } from "../issues/outcomes.tsx";

interface Properties {
  readonly secrets: readonly SecretRow[];
  readonly onClose: () => void;
  readonly onDone: () => void;
}

export function AskProviders({ secrets, onClose, onDone }: Properties) {
  const client = useQueryClient();
  const check = useMutation({
    mutationFn: async () => {
      const refusals: string[] = [];
      for (const secret of secrets) refusals.push(...(await askAbout(secret)));
      return refusals;
    },
    onSuccess: onDone,
    onSettled: () => client.invalidateQueries({ queryKey: ["secrets"] }),
  });
  if (check.data !== undefined) return <Outcomes outcomes={outcomesOf(secrets.length, check.data)} onClose={onClose} />;
  return (
    <Stack gap="md">
      <Text>
        Each provider that an administrator allows to be asked gets one request for each of its secrets, which only
        reads. Of the others nobody is asked.
      </Text>
      <DialogEnd onCancel={onClose} onConfirm={() => check.mutate()} isBusy={check.isPending}>
        {secrets.length === 1 ? "Ask it" : "Ask them"}
      </DialogEnd>
    </Stack>
  );
}

/** Why nobody is asked about it; nothing where somebody is. */
async function askAbout(secret: SecretRow): Promise<readonly string[]> {
  try {
    await tell.checkSecret(secret);
    return [];
  } catch (error) {
    return [saysWhy(error)];
  }
}

/** One line for all that were asked about, and one for each reason. */
function outcomesOf(all: number, refusals: readonly string[]) {
  const asked = all - refusals.length;
  const reasons = [...Map.groupBy(refusals, (why) => why)].map(([why, { length }]) => ({
    label: "Nobody is asked",
    tone: "warning" as const,
    text: `${countOf(length, "secret")}: ${why}`,
  }));
  const said = { label: "Asked", tone: "good" as const };
  const text = `${countOf(asked, "secret")}: the answers appear in the list in a moment.`;
  return asked === 0 ? reasons : [{ ...said, text }, ...reasons];
}

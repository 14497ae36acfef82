/** Asks Azure Boards to keep issues, and says of each group what became of the wish. */
import { Stack, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { AskedWorkItems } from "#api/work-items/contract.ts";
import { tell } from "../../api.ts";
import { DialogEnd } from "../../ui/dialog-end.tsx";
import { sayFailed } from "../../ui/say.ts";
import type { Tone } from "../../ui/tag.tsx";
import { notSent, Outcomes } from "./outcomes.tsx";
import { type Sent, sendPortions } from "./portions-of.ts";

type Answer = AskedWorkItems["answers"][number];

const mostAtOnce = 1000;

interface Properties {
  readonly issues: readonly string[];
  readonly onClose: () => void;
  readonly onDone: () => void;
}

export function AskForWorkItems({ issues, onClose, onDone }: Properties) {
  const client = useQueryClient();
  const ask = useMutation({
    mutationFn: () => sendPortions(issues, mostAtOnce, async (some) => (await tell.askForWorkItems(some)).answers),
    onSuccess: onDone,
    onError: (error) => sayFailed("Nothing was asked for", error),
    onSettled: () => client.invalidateQueries({ queryKey: ["work-items"] }),
  });
  if (ask.data !== undefined) return <Outcomes outcomes={outcomesOf(ask.data)} onClose={onClose} />;
  return (
    <Stack gap="md">
      <Text>
        {issues.length === 1
          ? "A work item in Azure Boards keeps it, with a link back; it closes by itself once the issue is fixed."
          : "Issues of one cause share a work item in Azure Boards, with a link back; it closes by itself once all of them are fixed."}
      </Text>
      <DialogEnd onCancel={onClose} onConfirm={() => ask.mutate()} isBusy={ask.isPending}>
        {issues.length === 1 ? "Make the work item" : "Make work items"}
      </DialogEnd>
    </Stack>
  );
}

const said: Readonly<Record<Answer["is"], { readonly label: string; readonly tone: Tone }>> = {
  asked: { label: "On its way", tone: "good" },
  joined: { label: "Joins one that is there", tone: "busy" },
  refused: { label: "Not made", tone: "warning" },
};

function outcomesOf({ answers, rest }: Sent<Answer>) {
  return [...answers.map(outcomeOf), ...notSent(rest)];
}

function outcomeOf({ is, title, number, because }: Answer) {
  const which = number === null ? "" : ` (work item ${number})`;
  return { ...said[is], text: `${title ?? because ?? ""}${which}` };
}

/** Asks for pull requests that end many issues, and says of each root cause what became of the wish. */
import { Stack, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { Asked } from "#api/fixes/contract.ts";
import { tell } from "../../api.ts";
import { DialogEnd } from "../../ui/dialog-end.tsx";
import { sayFailed } from "../../ui/say.ts";
import type { Tone } from "../../ui/tag.tsx";
import { notSent, Outcomes } from "./outcomes.tsx";
import { type Sent, sendPortions } from "./portions-of.ts";

type Answer = Asked["answers"][number];

const mostAtOnce = 100;

interface Properties {
  readonly issues: readonly string[];
  readonly onClose: () => void;
  readonly onDone: () => void;
}

export function AskForFixes({ issues, onClose, onDone }: Properties) {
  const client = useQueryClient();
  const ask = useMutation({
    mutationFn: () =>
      sendPortions(issues, mostAtOnce, async (some) => (await tell.askForFixes({ issues: [...some] })).answers),
    onSuccess: onDone,
    onError: (error) => sayFailed("Nothing was asked for", error),
    onSettled: () =>
      client.invalidateQueries({ predicate: ({ queryKey: [kind] }) => kind === "fixes" || kind === "issues" }),
  });
  if (ask.data !== undefined) return <Outcomes outcomes={outcomesOf(ask.data)} onClose={onClose} />;
  return (
    <Stack gap="md">
      <Text>
        Sallyport writes the change for each root cause in a branch of its own and scans it. A pull request opens only
        if that scan finds what it should end gone, and nothing new of medium severity or worse.
      </Text>
      <DialogEnd onCancel={onClose} onConfirm={() => ask.mutate()} isBusy={ask.isPending}>
        Ask for fixes
      </DialogEnd>
    </Stack>
  );
}

const said: Readonly<Record<Answer["is"], { readonly label: string; readonly tone: Tone }>> = {
  asked: { label: "Asked for", tone: "good" },
  "under-way": { label: "Under way already", tone: "busy" },
  refused: { label: "Cannot be fixed", tone: "warning" },
};

function outcomesOf({ answers, rest }: Sent<Answer>) {
  return [...answers.map(outcomeOf), ...notSent(rest)];
}

function outcomeOf({ is, title, because, pullRequest }: Answer) {
  const which = pullRequest === null ? "" : ` (pull request ${pullRequest})`;
  return { ...said[is], text: `${title ?? because ?? ""}${which}` };
}

/** Asks for pull requests that end issues, and says of each root cause what became of the wish. */
import { Button, Group, Stack, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { Asked } from "#api/fixes/contract.ts";
import { tell } from "../../api.ts";
import { countOf } from "../../ui/amounts.ts";
import { Prose } from "../../ui/prose.tsx";
import { sayFailed } from "../../ui/say.ts";
import { Tag, type Tone } from "../../ui/tag.tsx";
import classes from "./issues.module.css";
import { portionsOf } from "./portions-of.ts";

type Answer = Asked["answers"][number];

const mostAtOnce = 100;

function useAskForFixes(onDone: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (ids: readonly string[]) => {
      const answers: Answer[] = [];
      for (const issues of portionsOf(ids, mostAtOnce)) answers.push(...(await tell.askForFixes({ issues })).answers);
      return answers;
    },
    onSuccess: onDone,
    onError: (error) => sayFailed("Nothing was asked for", error),
    onSettled: () =>
      client.invalidateQueries({ predicate: ({ queryKey: [kind] }) => kind === "fixes" || kind === "issues" }),
  });
}

interface Properties {
  readonly issues: readonly { readonly id: string }[];
  readonly onClose: () => void;
  readonly onDone: () => void;
}

export function AskForFixes({ issues, onClose, onDone }: Properties) {
  const ask = useAskForFixes(onDone);
  if (ask.data !== undefined) return <Answers answers={ask.data} onClose={onClose} />;
  return (
    <Stack gap="md">
      <Text>
        Sallyport writes the change for each root cause in a branch of its own and scans it. A pull request opens only
        if that scan finds what it should end gone, and nothing new of medium severity or worse.
      </Text>
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button data-autofocus loading={ask.isPending} onClick={() => ask.mutate(issues.map(({ id }) => id))}>
          {issues.length === 1 ? "Ask for a fix" : "Ask for fixes"}
        </Button>
      </Group>
    </Stack>
  );
}

const said: Readonly<Record<Answer["is"], { readonly label: string; readonly tone: Tone }>> = {
  asked: { label: "Asked for", tone: "good" },
  "under-way": { label: "Under way already", tone: "busy" },
  refused: { label: "Cannot be fixed", tone: "warning" },
};

function Answers({ answers, onClose }: { readonly answers: readonly Answer[]; readonly onClose: () => void }) {
  const asked = answers.filter(({ is }) => is !== "refused").length;
  return (
    <Stack gap="md">
      <Text>
        {asked === 0
          ? "Sallyport cannot write a change for this."
          : `${countOf(asked, "fix", "fixes")} on the way. Each is scanned before its pull request opens.`}
      </Text>
      <ul className={classes.outcomes}>
        {answers.map(({ is, fix, title, because, pullRequest }, index) => (
          <li key={fix ?? index}>
            <Tag tone={said[is].tone}>{said[is].label}</Tag>
            <div>
              <Prose text={title ?? because ?? ""} />
              {pullRequest === null ? null : ` (pull request ${pullRequest})`}
            </div>
          </li>
        ))}
      </ul>
      <Group justify="flex-end">
        <Button data-autofocus onClick={onClose}>
          Done
        </Button>
      </Group>
    </Stack>
  );
}

/** What became of a wish, each part of it a line. */
import { Button, Group, Stack } from "@mantine/core";
import { countOf } from "../../ui/amounts.ts";
import { saysWhy } from "../../ui/failure.tsx";
import { Prose } from "../../ui/prose.tsx";
import { Tag, type Tone } from "../../ui/tag.tsx";
import classes from "./issues.module.css";
import type { Sent } from "./portions-of.ts";

interface Outcome {
  readonly label: string;
  readonly tone: Tone;
  readonly text: string;
}

/** Of a wish that failed on its way: how many issues were left. */
export function notSent(rest: Sent<unknown>["rest"]): readonly Outcome[] {
  if (rest === undefined) return [];
  return [{ label: "Then it failed", tone: "bad", text: `${countOf(rest.count, "issue")}: ${saysWhy(rest.error)}` }];
}

interface Properties {
  readonly outcomes: readonly Outcome[];
  readonly onClose: () => void;
}

export function Outcomes({ outcomes, onClose }: Properties) {
  return (
    <Stack gap="md">
      <ul className={classes.outcomes}>
        {outcomes.map(({ label, tone, text }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two may say the same, and none ever moves
          <li key={index}>
            <Tag tone={tone}>{label}</Tag>
            <div>
              <Prose text={text} />
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

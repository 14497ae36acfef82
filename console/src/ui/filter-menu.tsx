/** A button that opens a list of words to filter by; several may be chosen. */
import { Button, Checkbox, Popover, Stack } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import type { ReactNode } from "react";
import classes from "./filter-menu.module.css";

interface Properties<Word extends string> {
  readonly label: string;
  readonly words: readonly Word[];
  readonly chosen: readonly Word[];
  readonly say: (word: Word) => ReactNode;
  readonly onChange: (chosen: Word[] | undefined) => void;
}

export function FilterMenu<Word extends string>({ label, words, chosen, say, onChange }: Properties<Word>) {
  return (
    <Popover position="bottom-start" shadow="md" radius={8} trapFocus returnFocus>
      <Popover.Target>
        <Button variant="default" rightSection={<IconChevronDown size={14} />}>
          {label}
          {chosen.length === 0 ? "" : ` (${chosen.length})`}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={`Filter by ${label}`}>
        <Checkbox.Group
          aria-label={label}
          value={[...chosen]}
          onChange={(values) => {
            const next = words.filter((word) => values.includes(word));
            onChange(next.length === 0 ? undefined : next);
          }}
        >
          <Stack gap={8} mah={420} className={classes.words}>
            {words.map((word) => (
              <Checkbox key={word} value={word} label={say(word)} size="sm" />
            ))}
          </Stack>
        </Checkbox.Group>
      </Popover.Dropdown>
    </Popover>
  );
}

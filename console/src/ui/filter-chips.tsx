/** The filters at work, each with a cross to take it away. */
import { Button } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import type { ReactNode } from "react";
import classes from "./filter-chips.module.css";

export interface Chip {
  readonly key: string;
  /** For those who hear it: "severity critical". */
  readonly name: string;
  readonly label: ReactNode;
  readonly remove: () => void;
}

interface Properties {
  readonly chips: readonly Chip[];
  readonly onClear: () => void;
}

export function FilterChips({ chips, onClear }: Properties) {
  if (chips.length === 0) return null;
  return (
    <fieldset className={classes.chips} aria-label="Filters at work">
      {chips.map((chip) => (
        <button
          key={chip.key}
          type="button"
          className={classes.chip}
          aria-label={`Remove the filter ${chip.name}`}
          onClick={chip.remove}
        >
          <span>{chip.label}</span>
          <IconX size={13} aria-hidden="true" />
        </button>
      ))}
      <Button variant="subtle" color="gray" size="compact-sm" onClick={onClear}>
        Clear all
      </Button>
    </fieldset>
  );
}

/** One condition of a group: what it asks, its value, and what is wrong with it. */
import { ActionIcon, MultiSelect, NativeSelect, NumberInput, TagsInput } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import type { Condition } from "./conditions.ts";
import classes from "./policies.module.css";

interface Properties {
  readonly condition: Condition;
  /** For those who hear it: which group it belongs to. */
  readonly groupName: string;
  readonly value: unknown;
  readonly mistake: string | undefined;
  readonly onChange: (value: unknown) => void;
  readonly onRemove: () => void;
}

export function ConditionField(properties: Properties) {
  const { condition, groupName, mistake, onRemove } = properties;
  return (
    <div className={classes.condition}>
      <span className={classes.conditionName}>{condition.label}</span>
      <Value {...properties} />
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={`Remove ${condition.label} from ${groupName}`}
        onClick={onRemove}
      >
        <IconX size={16} />
      </ActionIcon>
      {mistake === undefined ? null : <span className={classes.conditionWrong}>{mistake}</span>}
    </div>
  );
}

function Value({ condition: { kind, label }, groupName, value, mistake, onChange }: Properties) {
  const look = { "aria-label": `${label}, ${groupName}`, error: mistake !== undefined, size: "sm" } as const;
  switch (kind.is) {
    case "some":
      return (
        <MultiSelect
          {...look}
          placeholder={wordsOf(value).length === 0 ? "One of" : ""}
          data={[...kind.choices]}
          value={wordsOf(value)}
          onChange={onChange}
        />
      );
    case "globs":
      return (
        <TagsInput
          {...look}
          placeholder={wordsOf(value).length === 0 ? `Like ${kind.like}` : ""}
          value={wordsOf(value)}
          onChange={onChange}
        />
      );
    case "one":
      return (
        <NativeSelect
          {...look}
          data={[...kind.choices]}
          value={String(value)}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    case "flag":
      return (
        <NativeSelect
          {...look}
          data={[
            { value: "true", label: kind.yes },
            { value: "false", label: kind.no },
          ]}
          value={String(value)}
          onChange={(event) => onChange(event.currentTarget.value === "true")}
        />
      );
    case "number":
      return (
        <NumberInput
          {...look}
          min={0}
          max={kind.most}
          step={kind.step}
          suffix={kind.suffix ?? ""}
          value={Number(value)}
          onChange={(next) => onChange(Number(next))}
        />
      );
  }
}

function wordsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

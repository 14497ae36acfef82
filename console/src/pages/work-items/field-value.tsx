/** The value of one field: chosen where the process says what it takes, else written. */
import { Select, TextInput } from "@mantine/core";
import type { OfferedProcessAnswer } from "#api/work-items/contract.ts";

export type ProcessField = OfferedProcessAnswer["fields"][number];

interface Properties {
  readonly field: ProcessField;
  readonly label: string;
  readonly value: string | number | boolean | undefined;
  readonly isRequired?: boolean;
  readonly error?: string | undefined;
  readonly onChange: (value: string | undefined) => void;
}

export function FieldValue({ field, label, value, isRequired = false, error, onChange }: Properties) {
  const { allowedValues } = field;
  const text = value === undefined ? "" : String(value);
  if (allowedValues.length === 0) {
    return (
      <TextInput
        label={label}
        withAsterisk={isRequired}
        error={error}
        value={text}
        maxLength={1000}
        onChange={(event) => onChange(event.currentTarget.value || undefined)}
      />
    );
  }
  const data = text === "" || allowedValues.includes(text) ? allowedValues : [text, ...allowedValues];
  return (
    <Select
      label={label}
      withAsterisk={isRequired}
      error={error}
      searchable
      clearable
      limit={200}
      value={text === "" ? null : text}
      data={[...new Set(data)]}
      nothingFoundMessage="The field does not take that"
      onChange={(next) => onChange(next ?? undefined)}
      clearButtonProps={{ "aria-label": `${label}: none` }}
    />
  );
}

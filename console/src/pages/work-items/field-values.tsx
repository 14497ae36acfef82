/** Fields that every work item is given: those that the process requires, and those that somebody added. */
import { ActionIcon, Select } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import type { OfferedProcessAnswer, WorkItemSettingsBody } from "#api/work-items/contract.ts";
import { FieldValue, type ProcessField } from "./field-value.tsx";
import { isSetByOthers } from "./is-set-by-others.ts";
import classes from "./work-item-settings.module.css";

interface Properties {
  readonly fields: OfferedProcessAnswer["fields"];
  readonly values: WorkItemSettingsBody["fields"];
  /** What the check said; a problem names the field that it is about. */
  readonly problems: readonly string[];
  readonly onChange: (values: WorkItemSettingsBody["fields"]) => void;
}

export function FieldValues({ fields, values, problems, onChange }: Properties) {
  const required = fields.filter(
    (field) => field.isRequired && !field.hasDefault && !isSetByOthers(field.referenceName),
  );
  const added = Object.keys(values)
    .filter((name) => !required.some(({ referenceName }) => referenceName === name))
    .map((name) => fields.find(({ referenceName }) => referenceName === name) ?? unknownField(name));
  const shown = [...required, ...added];
  const set = (name: string, value: string | undefined) => {
    const { [name]: _before, ...rest } = values;
    onChange(value === undefined ? rest : { ...rest, [name]: value });
  };
  return (
    <div>
      <h4 className={classes.heading}>Fields</h4>
      <p className={classes.quiet}>
        {required.length === 0
          ? "The process requires none beside those that Sallyport fills in."
          : "The process requires those with a star."}
      </p>
      <ul className={classes.values}>
        {shown.map((field) => (
          <li key={field.referenceName}>
            <FieldValue
              field={field}
              label={field.name}
              value={values[field.referenceName]}
              isRequired={required.includes(field)}
              error={problems.find((problem) => problem.includes(`(${field.referenceName})`))}
              onChange={(value) => set(field.referenceName, value)}
            />
            {required.includes(field) ? null : (
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={`Take out ${field.name}`}
                onClick={() => set(field.referenceName, undefined)}
              >
                <IconTrash size={16} />
              </ActionIcon>
            )}
          </li>
        ))}
      </ul>
      <AddField
        label="Add a field"
        fields={fields.filter((field) => !shown.includes(field) && !isSetByOthers(field.referenceName))}
        onAdd={(name) => set(name, "")}
      />
    </div>
  );
}

/** Of a process before, perhaps. */
function unknownField(referenceName: string): ProcessField {
  return { referenceName, name: referenceName, isRequired: false, hasDefault: false, allowedValues: [] };
}

interface AddProperties {
  readonly label: string;
  readonly fields: readonly ProcessField[];
  readonly onAdd: (referenceName: string) => void;
}

export function AddField({ label, fields, onAdd }: AddProperties) {
  if (fields.length === 0) return null;
  return (
    <Select
      aria-label={label}
      placeholder={label}
      searchable
      maw={320}
      limit={200}
      value={null}
      data={fields.map(({ referenceName, name }) => ({ value: referenceName, label: name }))}
      nothingFoundMessage="The type has no such field"
      onChange={(value) => {
        if (value !== null) onAdd(value);
      }}
    />
  );
}

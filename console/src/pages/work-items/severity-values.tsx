/** Fields whose value follows the severity of the worst issue. */
import { ActionIcon } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import type { OfferedProcessAnswer, WorkItemSettingsBody } from "#api/work-items/contract.ts";
import { severityWords } from "../../search-filters.ts";
import { Fold } from "../../ui/fold.tsx";
import { severityLabels } from "../../ui/severity.tsx";
import { FieldValue } from "./field-value.tsx";
import { AddField } from "./field-values.tsx";
import { isSetByOthers } from "./is-set-by-others.ts";
import classes from "./work-item-settings.module.css";

type Severities = WorkItemSettingsBody["severities"];

interface Properties {
  readonly fields: OfferedProcessAnswer["fields"];
  readonly severities: Severities;
  readonly onChange: (severities: Severities) => void;
}

export function SeverityValues({ fields, severities, onChange }: Properties) {
  const names = [...new Set(severityWords.flatMap((severity) => Object.keys(severities[severity] ?? {})))];
  /** Undefined takes the field out. */
  const set = (name: string, chosen: (severity: (typeof severityWords)[number]) => string | undefined) =>
    onChange(
      Object.fromEntries(
        severityWords.map((severity) => {
          const { [name]: _before, ...rest } = severities[severity] ?? {};
          const value = chosen(severity);
          return [severity, value === undefined ? rest : { ...rest, [name]: value }];
        }),
      ),
    );
  return (
    <Fold summary="Values by severity" open={names.length > 0}>
      <p className={classes.quiet}>
        Priority and Severity are filled in from 1 to 4 where the process has them. What stands here goes first.
      </p>
      {names.map((name) => {
        const field = fields.find(({ referenceName }) => referenceName === name);
        if (field === undefined) return null;
        return (
          <fieldset key={name} className={classes.severities}>
            <legend>
              {field.name}
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={`Take out ${field.name} by severity`}
                onClick={() => set(name, () => undefined)}
              >
                <IconTrash size={16} />
              </ActionIcon>
            </legend>
            {severityWords.map((severity) => (
              <FieldValue
                key={severity}
                field={field}
                label={severityLabels[severity]}
                value={severities[severity]?.[name]}
                onChange={(value) =>
                  set(name, (one) => (one === severity ? (value ?? "") : textOf(severities[one]?.[name])))
                }
              />
            ))}
          </fieldset>
        );
      })}
      <AddField
        label="Add a field by severity"
        fields={fields.filter(({ referenceName }) => !names.includes(referenceName) && !isSetByOthers(referenceName))}
        onAdd={(name) => set(name, () => "")}
      />
    </Fold>
  );
}

function textOf(value: string | number | boolean | undefined): string | undefined {
  return value === undefined ? undefined : String(value);
}

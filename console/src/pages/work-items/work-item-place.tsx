/** What a work item is, where it lies, whose it is, and which states end it and take it up again. */
import { Select, TextInput } from "@mantine/core";
import type { OfferedProcessAnswer, WorkItemSettingsBody } from "#api/work-items/contract.ts";
import classes from "./work-item-settings.module.css";

interface Properties {
  readonly draft: WorkItemSettingsBody;
  readonly process: OfferedProcessAnswer;
  readonly onChange: (change: Readonly<Record<string, string | undefined>>) => void;
}

export function WorkItemPlace({ draft, process, onChange }: Properties) {
  const { types, defaultType, areas, iterations, states } = process;
  const done = states.filter(({ category }) => category === "Completed").map(({ name }) => name);
  const taken = ["InProgress", "Proposed"]
    .map((wanted) => states.find(({ category }) => category === wanted))
    .find((state) => state !== undefined);
  const begun = states.filter(({ category }) => category !== "Completed" && category !== "Removed");
  return (
    <div className={classes.place}>
      <OneOf
        label="Type"
        name="type"
        usual={defaultType === null ? "Choose one" : `${defaultType}, as the process has it`}
        values={types}
        {...{ draft, onChange }}
      />
      <OneOf label="Area" name="area" usual="The project’s own" values={areas} {...{ draft, onChange }} />
      <OneOf
        label="Iteration"
        name="iteration"
        usual="The project’s own"
        values={iterations}
        {...{ draft, onChange }}
      />
      <TextInput
        label="Assigned to"
        placeholder="Nobody; else a mail address, or a name"
        value={draft.assignedTo ?? ""}
        maxLength={255}
        onChange={(event) => onChange({ assignedTo: event.currentTarget.value || undefined })}
      />
      <OneOf
        label="State when it is done"
        name="closedState"
        usual={done[0] === undefined ? "The first that is completed" : done[0]}
        values={done}
        {...{ draft, onChange }}
      />
      <OneOf
        label="State when it returns"
        name="reopenedState"
        usual={taken?.name ?? "The first that is in progress, or else proposed"}
        values={begun.map(({ name }) => name)}
        {...{ draft, onChange }}
      />
    </div>
  );
}

interface OneOfProperties extends Omit<Properties, "process"> {
  readonly label: string;
  readonly name: "type" | "area" | "iteration" | "closedState" | "reopenedState";
  /** What is taken if nothing is chosen. */
  readonly usual: string;
  readonly values: readonly string[];
}

function OneOf({ label, name, usual, values, draft, onChange }: OneOfProperties) {
  const value = draft[name];
  // What the process does not have stays to be seen, and is refused by the check.
  const data = value === undefined || values.includes(value) ? values : [value, ...values];
  return (
    <Select
      label={label}
      placeholder={usual}
      searchable
      clearable
      limit={200}
      value={value ?? null}
      data={[...new Set(data)]}
      nothingFoundMessage="The project has none like that"
      onChange={(next) => onChange({ [name]: next ?? undefined })}
      clearButtonProps={{ "aria-label": `${label}: as usual` }}
    />
  );
}

/** What a person may do, and of which instances. */
import { MultiSelect, Radio, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { EditUserBody } from "#api/users/contract.ts";
import { ask } from "../../api.ts";

interface Properties {
  readonly value: EditUserBody;
  readonly onChange: (value: EditUserBody) => void;
}

export function RightsFields({ value, onChange }: Properties) {
  const instances = useQuery(ask.instances());
  return (
    <>
      <Radio.Group
        label="May"
        value={value.role}
        onChange={(role) => onChange(role === "administrator" ? { role, instances: [] } : { ...value, role: "member" })}
      >
        <Stack gap={10} mt={6}>
          <Radio value="member" label="See and triage" description="The issues of chosen instances (member)" />
          <Radio value="administrator" label="Do everything" description="Also connect and delete (administrator)" />
        </Stack>
      </Radio.Group>
      {value.role === "member" ? (
        <MultiSelect
          label="Instances"
          description="None chosen means that nothing is seen"
          data={(instances.data?.rows ?? []).map((row) => ({ value: row.id, label: row.name }))}
          value={value.instances}
          onChange={(chosen) => onChange({ ...value, instances: chosen })}
        />
      ) : null}
    </>
  );
}

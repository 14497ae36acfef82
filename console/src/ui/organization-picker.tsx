/** Chooses an organization; nothing where there is only one. */
import { NativeSelect } from "@mantine/core";
import type { OrganizationChoice } from "./use-organizations.ts";

interface Properties {
  readonly choice: OrganizationChoice;
  readonly value: string | undefined;
  /** What stands for all of them, where all may be shown together. */
  readonly all?: string;
  readonly onChange: (organizationId: string | undefined) => void;
}

export function OrganizationPicker({ choice: { organizations }, value, all, onChange }: Properties) {
  if (organizations.length < 2) return null;
  return (
    <NativeSelect
      aria-label="Organization"
      value={value ?? ""}
      onChange={({ currentTarget }) => onChange(currentTarget.value || undefined)}
      data={[
        ...(all === undefined ? [] : [{ value: "", label: all }]),
        ...organizations.map(({ id, name }) => ({ value: id, label: name })),
      ]}
    />
  );
}

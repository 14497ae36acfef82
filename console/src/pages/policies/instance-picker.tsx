/** Chooses the instance whose policies and gates are shown; nothing where there is only one. */
import { NativeSelect } from "@mantine/core";
import type { InstanceChoice } from "./use-instance.ts";

interface Properties {
  readonly choice: InstanceChoice;
  readonly onChange: (instanceId: string) => void;
}

export function InstancePicker({ choice: { instance, instances }, onChange }: Properties) {
  if (instances.length < 2 || instance === undefined) return null;
  return (
    <NativeSelect
      aria-label="Instance"
      value={instance.id}
      onChange={(event) => onChange(event.currentTarget.value)}
      data={instances.map(({ id, name }) => ({ value: id, label: name }))}
    />
  );
}

/** Variables as pipelines, groups and releases have them. Their texts are looked at and kept nowhere. */
import type { VariableFact } from "#model/posture/pipeline-facts.ts";
import { inner, isWire, optionalText, type Wire } from "../read-wire.ts";
import type { Collecting } from "./collector.ts";

const mostVariables = 2000;

/** `{name: {value, isSecret, allowOverride}}`, as all of them write it. */
export function readVariables(wire: Wire, field: string, { lookAt }: Pick<Collecting, "lookAt">): readonly VariableFact[] {
  return Object.entries(inner(wire, field))
    .slice(0, mostVariables)
    .map(([name, value]) => readVariable(name, isWire(value) ? value : {}, lookAt));
}

function readVariable(name: string, wire: Wire, lookAt: Collecting["lookAt"]): VariableFact {
  const isSecret = wire.isSecret === true;
  const value = isSecret ? undefined : optionalText(wire, "value");
  const plain = value !== undefined && /^(true|false|-?\d{1,9})$/i.test(value) ? value.toLowerCase() : undefined;
  const looksSecret = value === undefined || plain !== undefined ? undefined : lookAt(name, value);
  return {
    name,
    isSecret,
    allowOverride: wire.allowOverride === true,
    ...(plain !== undefined && { plain }),
    ...(looksSecret && { looksSecret }),
  };
}

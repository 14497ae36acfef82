/** Who an answer names: an identity as Azure DevOps writes it, by id, name and subject of graph. */
import type { PersonReference } from "#model/posture/pipeline-facts.ts";
import { inner, optionalText, type Wire } from "../read-wire.ts";

/** Undefined if nobody is named there. */
export function readPerson(wire: Wire, field: string): PersonReference | undefined {
  const person = inner(wire, field);
  const id = optionalText(person, "id");
  if (id === undefined) return undefined;
  const descriptor = optionalText(person, "descriptor");
  return {
    id: id.toLowerCase(),
    name: optionalText(person, "displayName") ?? optionalText(person, "uniqueName") ?? id,
    ...(descriptor !== undefined && { descriptor }),
  };
}

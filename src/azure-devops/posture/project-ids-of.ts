/** Which projects share a connection or a variable group; a list does not always say it, and then it is the one that was asked. */
import { inner, isWire, optionalText } from "../read-wire.ts";

export function projectIdsOf(references: unknown, own: string): readonly string[] {
  const named = (Array.isArray(references) ? references : []).filter(isWire).flatMap((reference) => {
    const id = optionalText(inner(reference, "projectReference"), "id");
    return id === undefined ? [] : [id.toLowerCase()];
  });
  return [...new Set([...named, own.toLowerCase()])];
}

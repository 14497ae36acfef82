/** A name as documents write it: what is before it (scope, group, owner) apart from the rest. */
import { divisionOf } from "../packages/purl/purl-parts.ts";
import type { BillPart } from "./bill-of-materials.ts";

export function dividedName({ ecosystem, name }: Pick<BillPart, "ecosystem" | "name">): {
  readonly group?: string;
  readonly name: string;
} {
  const parts = divisionOf(ecosystem).divide(name);
  const rest = parts.subpath ? `${parts.name}/${parts.subpath}` : parts.name;
  return { ...(parts.namespace && { group: parts.namespace }), name: rest };
}

/** Who owns an issue, without the address of those whom commits name with one. */
import type { IssueRow } from "#api/issues/contract.ts";

export function sayOwner({ name }: NonNullable<IssueRow["owner"]>): string {
  const at = name.indexOf(" <");
  return at > 0 && name.endsWith(">") ? name.slice(0, at) : name;
}

/** What a secret is at a glance: whether the code still holds it, and whether its provider still takes it. */
import type { SecretRow } from "#api/secrets/contract.ts";
import { countOf } from "./amounts.ts";
import { Tag } from "./tag.tsx";
import { liveVerdicts, secretPlaces } from "./words.ts";

/** Branches count where HEAD does not hold it. */
type Held = Pick<SecretRow, "inHead" | "branches">;

export function PlaceTag({ inHead, branches }: Held) {
  const { label, tone } = secretPlaces[inHead ? "head" : branches.length > 0 ? "branch" : "history"];
  const said = inHead || branches.length === 0 ? label : `In ${sayBranches(branches, 1)}`;
  return (
    <Tag tone={tone}>
      <span title={said}>{said}</span>
    </Tag>
  );
}

/** The first ones by name. */
export function sayBranches(branches: readonly string[], most: number): string {
  const named = branches.slice(0, most).join(", ");
  return branches.length <= most ? named : `${named} and ${branches.length - most} more`;
}

/** A secret has an issue in each repository that holds it: both numbers, wherever one of them stands. */
export function saySecrets(secrets: number, issues: number): string {
  return secrets === 0 ? countOf(0, "secret") : `${countOf(secrets, "secret")} in ${countOf(issues, "issue")}`;
}

/** Places are lines: a file may have many. */
export function sayPlaces({
  places,
  files,
  repositories,
}: Pick<SecretRow, "places" | "files" | "repositories">): string {
  const inFiles = files < places ? ` in ${countOf(files, "file")}` : "";
  const inRepositories = repositories < 2 ? "" : `, ${countOf(repositories, "repository", "repositories")}`;
  return `${countOf(places, "place")}${inFiles}${inRepositories}`;
}

export function LiveTag({ live }: { readonly live: SecretRow["live"] }) {
  const { label, tone } = liveVerdicts[live?.verdict ?? "unchecked"];
  return <Tag tone={tone}>{label}</Tag>;
}

/** What a secret is at a glance: whether the code still holds it, and whether its provider still takes it. */
import type { SecretRow } from "#api/secrets/contract.ts";
import { Tag } from "./tag.tsx";
import { liveVerdicts, secretPlaces } from "./words.ts";

export function PlaceTag({ inHead }: { readonly inHead: boolean }) {
  const { label, tone } = secretPlaces[inHead ? "head" : "history"];
  return <Tag tone={tone}>{label}</Tag>;
}

export function LiveTag({ live }: { readonly live: SecretRow["live"] }) {
  const { label, tone } = liveVerdicts[live?.verdict ?? "unchecked"];
  return <Tag tone={tone}>{label}</Tag>;
}

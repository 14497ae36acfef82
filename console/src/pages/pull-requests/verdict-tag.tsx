/** What the policies said, in a word. */
import type { PullRequestRow } from "#api/pull-requests/contract.ts";
import { Tag } from "../../ui/tag.tsx";
import { verdictOutcomes } from "../../ui/words.ts";

type Outcome = NonNullable<PullRequestRow["verdict"]>["outcome"];

export function VerdictTag({ outcome }: { readonly outcome: Outcome | undefined }) {
  if (outcome === undefined) return <Tag tone="quiet">None yet</Tag>;
  const { tone, label } = verdictOutcomes[outcome];
  return <Tag tone={tone}>{label}</Tag>;
}

/** Items of a bill as they are found: the same thing in two places is one item with both. */
import type { BillItem } from "#model/posture/pipeline-bill.ts";

export type FoundItem = Omit<BillItem, "jobs"> & { readonly job?: string | undefined };

const mostItems = 5000;
const mostEvidence = 5;
const certainties: readonly BillItem["certainty"][] = ["run", "authorised", "possible"];

export function itemList(found: Iterable<FoundItem>): readonly BillItem[] {
  const items = new Map<string, BillItem>();
  for (const { job, ...item } of found) {
    const key = [item.kind, item.name, item.version ?? "", item.from ?? ""].join("\0");
    const before = items.get(key);
    const jobs = job === undefined ? [] : [job];
    if (before) items.set(key, joined(before, item, jobs));
    else if (items.size < mostItems) items.set(key, { ...item, jobs });
  }
  return [...items.values()];
}

function joined(before: BillItem, item: FoundItem, jobs: readonly string[]): BillItem {
  const better = certainties.indexOf(item.certainty) < certainties.indexOf(before.certainty);
  const known = new Set(before.evidence.map(({ what }) => what));
  const evidence = [...before.evidence, ...item.evidence.filter(({ what }) => !known.has(what))];
  return {
    ...before,
    certainty: better ? item.certainty : before.certainty,
    jobs: [...new Set([...before.jobs, ...jobs])],
    evidence: evidence.slice(0, mostEvidence),
  };
}

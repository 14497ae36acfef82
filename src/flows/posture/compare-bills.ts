/** What is in one bill of a pipeline and not in another, and what is in both otherwise. */
import type { BillItem, PipelineBill } from "#model/posture/pipeline-bill.ts";

export interface BillDifference {
  readonly added: readonly BillItem[];
  readonly removed: readonly BillItem[];
  readonly changed: readonly {
    readonly before: BillItem;
    readonly after: BillItem;
    /** Names of the fields that differ. */
    readonly fields: readonly (keyof BillItem)[];
  }[];
}

const compared = [
  "version",
  "isMutable",
  "from",
  "id",
  "certainty",
  "jobs",
] as const satisfies readonly (keyof BillItem)[];

/** One thing in several versions is several things: only where each side has one is it a change. */
export function compareBills(before: PipelineBill, after: PipelineBill): BillDifference {
  const groups = (bill: PipelineBill) => Map.groupBy(bill.items, ({ kind, name }) => `${kind}\0${name}`);
  const [old, now] = [groups(before), groups(after)];
  const all = [...new Set([...old.keys(), ...now.keys()])];
  const pairs = all.map((key) => compareItems(old.get(key) ?? [], now.get(key) ?? []));
  return {
    added: pairs.flatMap(({ added }) => added),
    removed: pairs.flatMap(({ removed }) => removed),
    changed: pairs.flatMap(({ changed }) => changed),
  };
}

function compareItems(before: readonly BillItem[], after: readonly BillItem[]): BillDifference {
  const [one] = before;
  const [other] = after;
  if (one && other && before.length === 1 && after.length === 1) {
    const fields = differing(one, other);
    return { added: [], removed: [], changed: fields.length > 0 ? [{ before: one, after: other, fields }] : [] };
  }
  const byVersion = (items: readonly BillItem[]) => new Map(items.map((item) => [item.version ?? "", item]));
  const [old, now] = [byVersion(before), byVersion(after)];
  return {
    added: [...now].flatMap(([version, item]) => (old.has(version) ? [] : [item])),
    removed: [...old].flatMap(([version, item]) => (now.has(version) ? [] : [item])),
    changed: [...now].flatMap(([version, item]) => {
      const former = old.get(version);
      const fields = former ? differing(former, item) : [];
      return former && fields.length > 0 ? [{ before: former, after: item, fields }] : [];
    }),
  };
}

function differing(before: BillItem, after: BillItem): readonly (keyof BillItem)[] {
  return compared.filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]));
}

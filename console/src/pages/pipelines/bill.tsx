/** What a pipeline is made of and may use, in groups; what somebody can exchange behind its name is marked. */
import type { BillItemRow, PipelineDetail } from "#api/pipelines/contract.ts";
import type { BillKind } from "#model/posture/pipeline-bill.ts";
import { countOf, sayCount } from "../../ui/amounts.ts";
import { Panel } from "../../ui/panel.tsx";
import { billGroupLabels } from "../../ui/posture-words.ts";
import { BillItem } from "./bill-item.tsx";
import classes from "./pipelines.module.css";

const kinds = Object.keys(billGroupLabels) as BillKind[];

export function Bill({ bill }: { readonly bill: PipelineDetail["bill"] }) {
  const items = bill?.items ?? [];
  const mutable = items.filter(({ isMutable }) => isMutable === true).length;
  return (
    <Panel title="Bill of materials" flush>
      {items.length === 0 ? (
        <p className={classes.none}>
          {bill === null ? "None was made yet: the pipeline could not be read." : "It uses nothing that is known."}
        </p>
      ) : (
        <>
          <p className={classes.none}>
            {countOf(items.length, "item")}
            {mutable === 0
              ? "."
              : `, ${sayCount(mutable)} of which somebody can exchange behind the same name and version.`}
          </p>
          {kinds.map((kind) => (
            <Group key={kind} kind={kind} items={items.filter((item) => item.kind === kind)} />
          ))}
        </>
      )}
    </Panel>
  );
}

function Group({ kind, items }: { readonly kind: BillKind; readonly items: readonly BillItemRow[] }) {
  if (items.length === 0) return null;
  return (
    <section className={classes.group}>
      <h3>
        {billGroupLabels[kind]} <span>{items.length}</span>
      </h3>
      <ul className={classes.items} aria-label={billGroupLabels[kind]}>
        {items.map((item) => (
          <BillItem key={`${item.name} ${item.version} ${item.from}`} item={item} />
        ))}
      </ul>
    </section>
  );
}

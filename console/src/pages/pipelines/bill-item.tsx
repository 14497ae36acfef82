/** One thing of a bill of materials: which one, from whom, which jobs use it, and how sure that is. */
import type { BillItemRow } from "#api/pipelines/contract.ts";
import { Evidence } from "../../ui/evidence.tsx";
import { Fold } from "../../ui/fold.tsx";
import { Badge, Tag, type Tone } from "../../ui/tag.tsx";
import classes from "./pipelines.module.css";

export function BillItem({ item }: { readonly item: BillItemRow }) {
  const { name, version, isMutable, from, certainty, jobs, evidence } = item;
  const { label, tone } = certainties[certainty];
  return (
    <li className={classes.item}>
      <span className={classes.between}>
        <span className={classes.itemName}>
          <strong>{name}</strong> {version === null ? null : <code>{version}</code>}
          {isMutable === true ? <Badge>Mutable</Badge> : null}
        </span>
        <Tag tone={tone}>{label}</Tag>
      </span>
      <span className={classes.quiet}>
        {[from, jobs.join(", ")].filter((words) => words !== null && words !== "").join(" · ")}
      </span>
      {evidence.length === 0 ? null : (
        <Fold summary="Where it says so">
          <Evidence evidence={evidence} />
        </Fold>
      )}
    </li>
  );
}

/** Here it is no alarm that a run did it. */
const certainties: Readonly<Record<BillItemRow["certainty"], { readonly label: string; readonly tone: Tone }>> = {
  run: { label: "A run used it", tone: "good" },
  authorised: { label: "Allowed", tone: "open" },
  possible: { label: "Possible", tone: "quiet" },
};

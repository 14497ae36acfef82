/** Who starts a pipeline with code or words that nobody reviewed: every way, with what shows it or that it is not known. */
import type { PipelineDetail } from "#api/pipelines/contract.ts";
import { Evidence } from "../../ui/evidence.tsx";
import { ItemList } from "../../ui/item-list.tsx";
import { Panel } from "../../ui/panel.tsx";
import { Tag, type Tone } from "../../ui/tag.tsx";
import { type Exposure, exposuresOf } from "./exposures-of.ts";
import classes from "./pipelines.module.css";

const answers: Readonly<Record<Exposure["is"], { readonly label: string; readonly tone: Tone }>> = {
  yes: { label: "Yes", tone: "warning" },
  no: { label: "No", tone: "good" },
  unknown: { label: "Not known", tone: "quiet" },
};

export function Exposures({ pipeline: { exposure } }: { readonly pipeline: PipelineDetail }) {
  return (
    <Panel title="Started with code that nobody reviewed" flush>
      <ItemList>
        {exposuresOf(exposure).map(({ key, label, is, says, evidence }) => (
          <li key={key} className={classes.exposure}>
            <span className={classes.between}>
              <span>{label}</span>
              <Tag tone={answers[is].tone}>{answers[is].label}</Tag>
            </span>
            {says === null ? null : <p className={classes.quiet}>{says}</p>}
            <Evidence evidence={evidence} />
          </li>
        ))}
      </ItemList>
    </Panel>
  );
}

/** Every verdict on a pull request, newest first, each with the evidence that it rests on. */
import { useQuery } from "@tanstack/react-query";
import type { VerdictRow } from "#api/verdicts/contract.ts";
import { ask } from "../../api.ts";
import { countOf, sayCount, shortCommit } from "../../ui/amounts.ts";
import { CopyText } from "../../ui/copy-text.tsx";
import { Fact, Facts } from "../../ui/facts.tsx";
import { Fold } from "../../ui/fold.tsx";
import { ItemList } from "../../ui/item-list.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Panel } from "../../ui/panel.tsx";
import { Listing } from "../../ui/table/listing.tsx";
import { DecidedBy } from "./decided-by.tsx";
import classes from "./pull-requests.module.css";
import { VerdictTag } from "./verdict-tag.tsx";

interface Properties {
  readonly repositoryId: string;
  readonly number: number;
}

export function VerdictHistory({ repositoryId, number }: Properties) {
  const query = useQuery(ask.verdicts(repositoryId, number));
  return (
    <Panel title="History of verdicts" flush>
      <Listing
        query={query}
        isEmpty={({ rows }) => rows.length === 0}
        empty={<p className={classes.none}>No policy has said anything of it yet.</p>}
      >
        {({ rows }) => (
          <ItemList label="Verdicts">
            {rows.map((verdict, index) => (
              <Verdict key={verdict.id} verdict={verdict} newest={index === 0} />
            ))}
          </ItemList>
        )}
      </Listing>
    </Panel>
  );
}

function Verdict({ verdict, newest }: { readonly verdict: VerdictRow; readonly newest: boolean }) {
  const { outcome, iteration, decidedBy, counts, instanceId, at } = verdict;
  return (
    <li>
      <div className={classes.findingHead}>
        <VerdictTag outcome={outcome} />
        <span className={classes.quiet}>
          {iteration === null ? "" : `Iteration ${iteration}, `}
          <Moment at={at} />
        </span>
      </div>
      <p className={classes.quiet}>
        {decidedBy.length === 0 ? null : (
          <>
            By <DecidedBy instanceId={instanceId} policies={decidedBy} />.{" "}
          </>
        )}
        {sayCounts(counts)}
      </p>
      <Fold summary="Evidence" open={newest}>
        <Evidence verdict={verdict} />
      </Fold>
    </li>
  );
}

function sayCounts({ blocking, matched }: VerdictRow["counts"]): string {
  if (matched === 0) return "No policy is about anything in it.";
  if (blocking === 0) return `${countOf(matched, "problem")}, and none blocked it.`;
  return `${sayCount(blocking)} of ${countOf(matched, "problem")} blocked it.`;
}

/** With it, the same verdict can be reached again. */
function Evidence({ verdict: { id, evidence } }: { readonly verdict: VerdictRow }) {
  const { commit, base, scannersVersion, knowledgeVersion, policiesVersion } = evidence;
  const command = `sallyport replay ${id}`;
  return (
    <Facts>
      <Fact name="Commit">
        <Short text={commit} />
      </Fact>
      {base === null ? null : (
        <Fact name="Compared with">
          <Short text={base} />
        </Fact>
      )}
      <Fact name="Scanners">
        <code>{scannersVersion}</code>
      </Fact>
      <Fact name="Advisories">
        <code>{knowledgeVersion}</code>
      </Fact>
      <Fact name="Policies">
        <Short text={policiesVersion} />
      </Fact>
      <Fact name="Again">
        <CopyText text={command} label="Copy the command that reaches this verdict again" />{" "}
        <code>sallyport replay {shortCommit(id)}…</code>
      </Fact>
    </Facts>
  );
}

function Short({ text }: { readonly text: string }) {
  return <code title={text}>{shortCommit(text)}</code>;
}

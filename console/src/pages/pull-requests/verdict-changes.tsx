/** From one verdict to the next: why it was decided again, and which problems came, went, or were judged otherwise. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { VerdictDetail, VerdictRow } from "#api/verdicts/contract.ts";
import { ask } from "../../api.ts";
import { Failure } from "../../ui/failure.tsx";
import { ItemList } from "../../ui/item-list.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Panel } from "../../ui/panel.tsx";
import { type Changes, changesBetween } from "./changes-between.ts";
import classes from "./pull-requests.module.css";
import { VerdictFinding } from "./verdict-finding.tsx";
import { VerdictTag } from "./verdict-tag.tsx";

interface Properties {
  readonly verdict: VerdictDetail;
  readonly next: VerdictRow;
  readonly number: number;
}

export function VerdictChanges({ verdict, next, number }: Properties) {
  const query = useQuery(ask.verdict(next.id));
  const { repositoryId } = verdict;
  return (
    <Panel title="What changed to the next verdict" flush>
      <div className={classes.next}>
        <VerdictTag outcome={next.outcome} />
        <Link
          to="/pull-requests/$repositoryId/$number/$verdictId"
          params={{ repositoryId, number: String(number), verdictId: next.id }}
        >
          <Moment at={next.at} />
        </Link>
      </div>
      {query.data !== undefined ? (
        <Told changes={changesBetween(verdict, query.data)} instanceId={verdict.instanceId} />
      ) : query.error === null ? null : (
        <Failure error={query.error} retry={() => query.refetch()} />
      )}
    </Panel>
  );
}

function Told({ changes, instanceId }: { readonly changes: Changes; readonly instanceId: string }) {
  const { causes, came, gone, judgedOtherwise } = changes;
  const kinds = [
    ["Came", came],
    ["No longer open", gone],
    ["Judged otherwise", judgedOtherwise],
  ] as const;
  const isSame = kinds.every(([, findings]) => findings.length === 0);
  return (
    <>
      {causes.length === 0 && !isSame ? null : (
        <p className={classes.causes}>
          {causes.join(" ")}
          {isSame ? " The problems, and what policies ask of them, are the same." : ""}
        </p>
      )}
      {isSame ? null : (
        <ItemList label="Changed problems">
          {kinds.flatMap(([said, findings]) =>
            findings.map((finding) => <VerdictFinding key={finding.fingerprint} {...{ finding, instanceId, said }} />),
          )}
        </ItemList>
      )}
    </>
  );
}

/** What fixes of some problems would change, before anybody asks for them; nothing is written by looking. */
import { Skeleton } from "@mantine/core";
import type { UseQueryResult } from "@tanstack/react-query";
import type { FixPreviews as Previews } from "#api/fixes/contract.ts";
import { countOf } from "../../ui/amounts.ts";
import { Failure } from "../../ui/failure.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Diffs } from "../issues/diffs.tsx";
import classes from "./fix.module.css";
import { FixRisk } from "./fix-risk.tsx";
import { SaidOfFix } from "./said-of-fix.tsx";

export function FixPreviews({ query }: { readonly query: UseQueryResult<Previews, Error> }) {
  const { data, error } = query;
  if (error !== null) return <Failure error={error} retry={() => query.refetch()} />;
  if (data === undefined) {
    return (
      <div role="status" aria-label="Planning the change">
        <Skeleton h={18} w="45%" mb={12} />
        <Skeleton h={120} />
      </div>
    );
  }
  return (
    <div className={classes.previews}>
      {data.refused.map((because) => (
        <Notice key={because} title="Nothing can be changed">
          {because}
        </Notice>
      ))}
      {data.previews.map((preview) => (
        <Preview key={`${preview.title} ${preview.goal}`} preview={preview} />
      ))}
      {data.previews.length + data.refused.length > 0 ? null : (
        <Notice title="Nothing can be changed">
          Nothing is known that Sallyport could change here by itself. The rule says what to do.
        </Notice>
      )}
    </div>
  );
}

function Preview({ preview }: { readonly preview: Previews["previews"][number] }) {
  const { title, refused, said, risk, diff, fixes } = preview;
  return (
    <section className={classes.preview} aria-label={title}>
      <h3>{title}</h3>
      {refused === null ? (
        <>
          <p className={classes.quiet}>Ends {countOf(fixes.length, "problem")}.</p>
          {said.length === 0 ? null : <SaidOfFix said={said} />}
          {risk === null ? null : <FixRisk risk={risk} isWritten={false} newProblems={0} />}
          <div>
            <Diffs hunks={diff} />
          </div>
        </>
      ) : (
        <Notice title="Nothing can be changed">{refused}</Notice>
      )}
    </section>
  );
}

/** What changed between the bills of a pipeline: the newest two at first, others as they are asked for. */
import { NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { BillDetail, BillItemRow, PipelineDetail } from "#api/pipelines/contract.ts";
import { ask, type PipelineName } from "../../api.ts";
import { countOf, shortCommit } from "../../ui/amounts.ts";
import { Moment, sayDay } from "../../ui/moment.tsx";
import { Panel } from "../../ui/panel.tsx";
import { Listing } from "../../ui/table/listing.tsx";
import classes from "./pipelines.module.css";

interface Properties {
  readonly pipeline: PipelineDetail;
  readonly name: PipelineName;
}

type Entry = PipelineDetail["bills"][number];

export function BillChanges({ pipeline: { bills }, name }: Properties) {
  const [wanted, setWanted] = useState<string>();
  const changed = bills.filter(({ changes }) => changes !== null);
  const shown = changed.find(({ id }) => id === wanted) ?? changed[0];
  const [only] = bills;
  return (
    <Panel
      title="What changed"
      aside={
        changed.length < 2 || shown === undefined ? undefined : (
          <NativeSelect
            size="xs"
            aria-label="Bill"
            value={shown.id}
            onChange={({ currentTarget }) => setWanted(currentTarget.value)}
            data={changed.map((entry) => ({ value: entry.id, label: sayEntry(entry) }))}
          />
        )
      }
    >
      {shown !== undefined ? (
        <Changes key={shown.id} entry={shown} name={name} />
      ) : only === undefined ? (
        <p className={classes.words}>There is no bill yet.</p>
      ) : (
        <p className={classes.words}>
          Nothing since the first bill, <Moment at={only.at} />.
        </p>
      )}
    </Panel>
  );
}

function sayEntry({ revision, commit, at }: Entry): string {
  return `${sayDay(at)}, revision ${revision}${commit === null ? "" : ` at ${shortCommit(commit)}`}`;
}

function Changes({ entry, name }: { readonly entry: Entry; readonly name: PipelineName }) {
  const query = useQuery(ask.pipelineBill(name, entry.id));
  return (
    <>
      <p className={classes.words}>
        {sayEntry(entry)}, seen <Moment at={entry.at} />
      </p>
      <Listing
        query={query}
        isEmpty={({ diff }) => diff === null}
        empty={<p className={classes.words}>It is the oldest bill that is kept.</p>}
      >
        {({ diff }) => (diff === null ? null : <Diff diff={diff} />)}
      </Listing>
    </>
  );
}

function Diff({ diff: { added, removed, changed } }: { readonly diff: NonNullable<BillDetail["diff"]> }) {
  if (added.length + removed.length + changed.length === 0) {
    return <p className={classes.words}>The same items, with other words around them.</p>;
  }
  return (
    <ul className={classes.changes} aria-label="Changes of the bill">
      {added.map((item) => (
        <li key={`+ ${sayItem(item)}`} data-is="added">
          Added: {sayItem(item)}
        </li>
      ))}
      {removed.map((item) => (
        <li key={`- ${sayItem(item)}`} data-is="removed">
          Gone: {sayItem(item)}
        </li>
      ))}
      {changed.map(({ before, after, fields }) => (
        <li key={`~ ${sayItem(after)}`}>
          {sayItem(before)} is now {sayItem(after)}{" "}
          <span className={classes.quiet}>
            ({countOf(fields.length, "field")}: {fields.join(", ")})
          </span>
        </li>
      ))}
    </ul>
  );
}

function sayItem({ kind, name, version }: BillItemRow): string {
  return `${kind} ${name}${version === null ? "" : ` ${version}`}`;
}

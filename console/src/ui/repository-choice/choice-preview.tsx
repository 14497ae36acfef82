/** What a choice comes to, counted by the server as it will be when it counts. */
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import type { TakesBody } from "#api/instances/contract.ts";
import type { Preview } from "#api/shapes/takes.ts";
import { ask, type ChoiceOf } from "../../api.ts";
import { countOf, sayCount } from "../amounts.ts";
import { saysWhy } from "../failure.tsx";
import { Fold } from "../fold.tsx";
import classes from "./repository-choice.module.css";

export function ChoicePreview({ of, takes }: { readonly of: ChoiceOf; readonly takes: TakesBody }) {
  const [settled] = useDebouncedValue(takes, 250);
  const query = useQuery(ask.preview(of, settled));
  const { data } = query;
  return (
    <div className={classes.preview} data-stale={query.isPlaceholderData || undefined}>
      <div role="status">
        {data === undefined ? (
          <p>{query.error === null ? "Counting…" : saysWhy(query.error)}</p>
        ) : (
          <>
            <p>
              <strong>
                {sayCount(data.taken)} of {countOf(data.total, "repository", "repositories")}
              </strong>{" "}
              will be scanned.
            </p>
            {data.taken === data.total ? null : <p className={classes.quiet}>Left out: {sayLeftOut(data.leftOut)}.</p>}
          </>
        )}
      </div>
      {data === undefined || data.names.length === 0 ? null : (
        <Fold summary={data.taken > data.names.length ? `The first ${data.names.length}` : "Which ones"}>
          <ul className={classes.names}>
            {data.names.map((name) => (
              <li key={name}>{name}</li>
            ))}
          </ul>
        </Fold>
      )}
    </div>
  );
}

function sayLeftOut({ fork, disabled, empty, notIncluded, excluded }: Preview["leftOut"]): string {
  const parts = [
    [fork, countOf(fork, "fork")],
    [disabled, `${sayCount(disabled)} disabled`],
    [empty, `${sayCount(empty)} empty`],
    [notIncluded, `${sayCount(notIncluded)} that no pattern fits`],
    [excluded, `${sayCount(excluded)} by name`],
  ] as const;
  return parts
    .filter(([count]) => count > 0)
    .map(([, words]) => words)
    .join(", ");
}

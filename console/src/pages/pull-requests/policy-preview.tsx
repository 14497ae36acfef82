/** Of a pull request that changes policies kept as code: what they would have made of the pull requests of the last days. */
import { useQuery } from "@tanstack/react-query";
import type { PullRequestDetail } from "#api/pull-requests/contract.ts";
import { ask } from "../../api.ts";
import { countOf } from "../../ui/amounts.ts";
import { Failure } from "../../ui/failure.tsx";
import { ItemList } from "../../ui/item-list.tsx";
import { Panel } from "../../ui/panel.tsx";
import { Waiting } from "../../ui/table/listing.tsx";
import { DryRunResult } from "../policies/dry-run-result.tsx";
import classes from "./pull-requests.module.css";

/** Only such a pull request was told so by a status of that name. */
export function PolicyPreview({ pullRequest }: { readonly pullRequest: PullRequestDetail }) {
  const { repository, number, statuses } = pullRequest;
  if (statuses.every(({ name }) => name !== "policies")) return null;
  return <Preview repositoryId={repository.id} number={number} instanceId={pullRequest.instanceId} />;
}

interface Properties {
  readonly repositoryId: string;
  readonly number: number;
  readonly instanceId: string;
}

function Preview({ repositoryId, number, instanceId }: Properties) {
  const { data, error, refetch } = useQuery(ask.policyPreview(repositoryId, number));
  const rows = useQuery(ask.policies(instanceId)).data?.rows ?? [];
  const nameOf = (id: string) => rows.find(({ policy }) => policy.id === id)?.policy.name ?? id;
  return (
    <Panel title="The policies as it changes them" flush={data !== undefined && data.run === null}>
      {data === undefined ? (
        error === null ? (
          <Waiting />
        ) : (
          <Failure error={error} retry={() => refetch()} />
        )
      ) : data.run === null ? (
        <>
          <p className={classes.causes}>
            {countOf(data.problems.length, "mistake")} in the files: until they are put right, the policies of before
            stay in force.
          </p>
          <ItemList label="Mistakes">
            {data.problems.map(({ path, line, message }) => (
              <li key={`${path} ${line} ${message}`}>
                <code>{line === null ? path : `${path}:${line}`}</code> {message}
              </li>
            ))}
          </ItemList>
        </>
      ) : (
        <DryRunResult run={data.run} nameOf={nameOf} />
      )}
    </Panel>
  );
}

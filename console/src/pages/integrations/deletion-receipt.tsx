/** What a deletion took away; waits for it while it is under way. */
import { Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { Receipt } from "#api/instance-export/contract.ts";
import { ask } from "../../api.ts";
import { RequestError } from "../../request.ts";
import { sayCount } from "../../ui/amounts.ts";
import { Fact, Facts } from "../../ui/facts.tsx";
import { Failure } from "../../ui/failure.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Tag } from "../../ui/tag.tsx";

export function DeletionReceipt({ id }: { readonly id: string }) {
  const query = useQuery(ask.receipt(id));
  if (query.data !== undefined) return <Lines receipt={query.data} />;
  // Not found until everything is gone.
  const isUnderWay = query.error === null || (query.error instanceof RequestError && query.error.status === 404);
  if (!isUnderWay) return <Failure error={query.error} />;
  return (
    <div role="status">
      <Tag tone="busy">Removing hooks, credentials, mirrors, scans and issues</Tag>
      <Text c="dimmed" fz="sm" mt={4}>
        This goes on by itself, also when you close this.
      </Text>
    </div>
  );
}

function Lines({ receipt }: { readonly receipt: Receipt }) {
  const { hooks, gates } = receipt;
  const left = [...hooks.left, ...gates.left];
  return (
    <div role="status">
      <Facts>
        <Fact name="Instance">{receipt.instance}</Fact>
        <Fact name="Organizations">{receipt.organizations.join(", ")}</Fact>
        <Fact name="Hooks">{sayCount(hooks.removed)} removed in Azure DevOps</Fact>
        <Fact name="Gates">{sayCount(gates.removed)} removed in Azure DevOps</Fact>
        <Fact name="Credentials">{sayCount(receipt.credentials)} erased</Fact>
        <Fact name="Repositories">
          {sayCount(receipt.repositories)}, and {sayCount(receipt.mirrors)} mirrors
        </Fact>
        <Fact name="Scans">{sayCount(receipt.scans)} deleted</Fact>
        <Fact name="Issues">{sayCount(receipt.issues)} deleted</Fact>
        <Fact name="Finished">
          <Moment at={receipt.finishedAt} />, asked for by {receipt.by}
        </Fact>
      </Facts>
      {left.length === 0 ? null : (
        <Notice title="Some hooks or branch policies must be removed by hand">
          {left.map((line) => (
            <div key={line}>{line}</div>
          ))}
        </Notice>
      )}
    </div>
  );
}

/** What can be done about the gate of one branch. */
import { Menu } from "@mantine/core";
import { IconBarrierBlock, IconBarrierBlockOff, IconGitPullRequest } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import type { GateRow } from "#api/gates/contract.ts";
import { tell } from "../../api.ts";
import { sayDone, sayFailed } from "../../ui/say.ts";

export function useGateMenu(mayAsk: boolean) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const order = useMutation({
    mutationFn: ({ row, wanted }: { readonly row: GateRow; readonly wanted: boolean }) =>
      tell.askForGates(row.instanceId, { wanted, repositoryIds: [row.repositoryId], branch: row.branch }),
    onSuccess: (_, { row, wanted }) => {
      const where = `${row.repository}, ${row.branch}`;
      sayDone(wanted ? `A gate for ${where} is asked for; a moment, and it shows here.` : `The gate of ${where} goes.`);
    },
    onError: (error, { wanted }) => sayFailed(wanted ? "No gate was asked for" : "The gate was not taken away", error),
    onSettled: () => client.invalidateQueries({ queryKey: ["gates"] }),
  });
  return (row: GateRow) => (
    <>
      {mayAsk && (!row.wanted || row.state !== "effective") ? (
        <Menu.Item leftSection={<IconBarrierBlock size={16} />} onClick={() => order.mutate({ row, wanted: true })}>
          {row.wanted ? "Put the gate right" : "Ask for a gate"}
        </Menu.Item>
      ) : null}
      {mayAsk && row.wanted ? (
        <Menu.Item leftSection={<IconBarrierBlockOff size={16} />} onClick={() => order.mutate({ row, wanted: false })}>
          Take the gate away
        </Menu.Item>
      ) : null}
      <Menu.Item
        leftSection={<IconGitPullRequest size={16} />}
        onClick={() => void navigate({ to: "/pull-requests", search: { repositoryId: row.repositoryId } })}
      >
        Pull requests
      </Menu.Item>
    </>
  );
}

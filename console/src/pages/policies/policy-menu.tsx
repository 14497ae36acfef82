/** What can be done with a policy. */
import { Menu } from "@mantine/core";
import { IconCopy, IconFlask, IconTrash } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import type { PolicyBody, PolicyRow } from "#api/policies/contract.ts";

interface Properties {
  readonly instanceId: string;
  readonly mayChange: boolean;
  readonly onRemove: (policy: PolicyBody) => void;
}

export function usePolicyMenu({ instanceId, mayChange, onRemove }: Properties) {
  const navigate = useNavigate();
  return ({ policy, from }: PolicyRow) => (
    <>
      <Menu.Item
        leftSection={<IconFlask size={16} />}
        onClick={() =>
          void navigate({ to: "/policies/$instanceId/$policyId", params: { instanceId, policyId: policy.id } })
        }
      >
        {mayChange && from === "console" ? "Change or try" : "Look at it or try"}
      </Menu.Item>
      {mayChange ? (
        <Menu.Item
          leftSection={<IconCopy size={16} />}
          onClick={() => void navigate({ to: "/policies/new", search: { instanceId, from: policy.id } })}
        >
          Clone
        </Menu.Item>
      ) : null}
      {mayChange && from === "console" ? (
        <Menu.Item leftSection={<IconTrash size={16} />} color="red" onClick={() => onRemove(policy)}>
          Delete
        </Menu.Item>
      ) : null}
    </>
  );
}

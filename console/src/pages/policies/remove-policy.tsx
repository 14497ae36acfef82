/** Asks once more before a policy that was made here is deleted. */
import { Button, Group, Text } from "@mantine/core";
import type { PolicyBody } from "#api/policies/contract.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { useRemovePolicy } from "./use-policy-orders.ts";

interface Properties {
  readonly instanceId: string;
  readonly policy: Pick<PolicyBody, "id" | "name"> | undefined;
  readonly onClose: () => void;
  readonly onRemoved?: () => void;
}

export function RemovePolicy({ instanceId, policy, onClose, onRemoved }: Properties) {
  const remove = useRemovePolicy(instanceId, () => {
    onClose();
    onRemoved?.();
  });
  return (
    <Dialog opened={policy !== undefined} onClose={onClose} title={`Delete “${policy?.name ?? ""}”?`}>
      <Text fz="sm">
        It decides nothing from then on, and cannot be brought back. Verdicts that it made stay as they are. To have it
        decide nothing for a while, switch it off.
      </Text>
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={onClose}>
          Keep it
        </Button>
        <Button color="red" loading={remove.isPending} onClick={() => policy !== undefined && remove.mutate(policy)}>
          Delete the policy
        </Button>
      </Group>
    </Dialog>
  );
}

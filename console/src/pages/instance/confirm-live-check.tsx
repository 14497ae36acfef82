/** Says in words what switching a live check on means, before it is done: secrets leave Sallyport from then on. */
import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import type { LiveCheckRow } from "#api/live-checks/contract.ts";
import { Fact, Facts } from "../../ui/facts.tsx";
import { Prose } from "../../ui/prose.tsx";

interface Properties {
  /** Undefined: nothing is asked. */
  readonly check: LiveCheckRow | undefined;
  readonly instance: string;
  readonly onClose: () => void;
  readonly onConfirm: (check: LiveCheckRow) => void;
}

export function ConfirmLiveCheck({ check, instance, onClose, onConfirm }: Properties) {
  return (
    <Modal
      opened={check !== undefined}
      onClose={onClose}
      title={`Ask ${check?.title ?? ""} about its secrets?`}
      closeButtonProps={{ "aria-label": "Close" }}
    >
      {check === undefined ? null : (
        <Stack gap="md">
          <Text>
            Each secret of {check.title} that is found in {instance} will be sent to {check.host}: once when it is
            found, daily while it is live, and when somebody asks again.
          </Text>
          <Facts>
            <Fact name="Sent">
              <code>{check.request}</code>
            </Fact>
            <Fact name="Leaves there">
              <Prose text={check.trace} />
            </Fact>
          </Facts>
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Keep it off
            </Button>
            <Button onClick={() => onConfirm(check)}>Ask {check.title}</Button>
          </Group>
        </Stack>
      )}
    </Modal>
  );
}

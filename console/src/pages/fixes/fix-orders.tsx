/** What can be done with a fix: tried again, or ended before it is merged. */
import { Button, Group, Modal, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconBan, IconRefresh } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import type { FixDetail } from "#api/fixes/contract.ts";
import { tell } from "../../api.ts";
import { sayDone, sayFailed } from "../../ui/say.ts";
import { isLiveFix } from "../../ui/words.ts";
import classes from "./fix.module.css";

export function FixOrders({ fix }: { readonly fix: FixDetail }) {
  const [asking, dialog] = useDisclosure(false);
  const isLive = isLiveFix(fix.state);
  const retry = useRetry(fix);
  const canRetry = fix.state !== "merged" && fix.state !== "superseded";
  if (!isLive && !canRetry) return null;
  return (
    <div className={classes.orders}>
      {canRetry ? (
        <Button
          variant={isLive ? "default" : "filled"}
          leftSection={<IconRefresh size={16} />}
          loading={retry.isPending}
          onClick={() => retry.mutate()}
        >
          {isLive ? "Look at it now" : "Try again"}
        </Button>
      ) : null}
      {isLive ? (
        <Button variant="default" leftSection={<IconBan size={16} />} onClick={dialog.open}>
          Abandon
        </Button>
      ) : null}
      <Modal
        opened={asking}
        onClose={dialog.close}
        title="Abandon this fix"
        closeButtonProps={{ "aria-label": "Close" }}
      >
        <Abandon fix={fix} onClose={dialog.close} />
      </Modal>
    </div>
  );
}

function useRetry(fix: FixDetail) {
  const client = useQueryClient();
  const navigate = useNavigate({ from: "/fixes/$fixId" });
  return useMutation({
    mutationFn: () => tell.retryFix(fix.id),
    onSuccess: async ({ answers }) => {
      const [answer] = answers;
      if (answer === undefined || answer.is === "refused") {
        sayFailed("It is not tried again", new Error(answer?.because ?? "There is nothing to fix any more."));
        return;
      }
      sayDone(answer.is === "asked" ? "It is tried again, from the branch as it is now." : "It is looked at now.");
      if (answer.fix !== null && answer.fix !== fix.id) {
        await navigate({ to: "/fixes/$fixId", params: { fixId: answer.fix }, search: (before) => before });
      }
    },
    onError: (error) => sayFailed("It is not tried again", error),
    onSettled: () => client.invalidateQueries({ queryKey: ["fixes"] }),
  });
}

function Abandon({ fix, onClose }: { readonly fix: FixDetail; readonly onClose: () => void }) {
  const client = useQueryClient();
  const abandon = useMutation({
    mutationFn: () => tell.abandonFix(fix.id),
    onSuccess: () => {
      sayDone("The fix is abandoned.");
      onClose();
    },
    onError: (error) => sayFailed("The fix was not abandoned", error),
    onSettled: () => client.invalidateQueries({ queryKey: ["fixes"] }),
  });
  return (
    <>
      <Text>
        {fix.pullRequest === null
          ? "It is not made any further. "
          : `Pull request ${fix.pullRequest.number} is abandoned, and its branch is deleted unless people pushed to it. `}
        The problems stay open; anybody can ask for the fix again.
      </Text>
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={onClose}>
          Keep it
        </Button>
        <Button color="red" loading={abandon.isPending} onClick={() => abandon.mutate()}>
          Abandon it
        </Button>
      </Group>
    </>
  );
}

/** What can be done with a work item: looked at now, and decided about when people closed it before its issues were over. */
import { Button, Modal, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconCheck, IconRefresh, IconRotate2 } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { WorkItemDetail } from "#api/work-items/contract.ts";
import { tell } from "../../api.ts";
import { countOf } from "../../ui/amounts.ts";
import { sayDone, sayFailed } from "../../ui/say.ts";
import { DismissForm } from "../issues/dismiss-form.tsx";
import classes from "./work-items.module.css";

export function WorkItemOrders({ item }: { readonly item: WorkItemDetail }) {
  if (item.state === "gone") return null;
  return (
    <div className={classes.orders}>
      {item.state === "closed-by-people" ? <Decide item={item} /> : null}
      <LookNow item={item} />
    </div>
  );
}

function Decide({ item }: { readonly item: WorkItemDetail }) {
  const client = useQueryClient();
  const [confirming, dialog] = useDisclosure(false);
  const open = item.listed.filter(({ isOpen }) => isOpen).map(({ id }) => id);
  const onSettled = () => client.invalidateQueries({ queryKey: ["work-items"] });
  const reopen = useMutation({
    mutationFn: () => tell.reopenWorkItem(item.id),
    onSuccess: () => sayDone("It is opened again in Boards."),
    onError: (error) => sayFailed("It was not opened again", error),
    onSettled,
  });
  return (
    <>
      <Button leftSection={<IconCheck size={16} />} disabled={open.length === 0} onClick={dialog.open}>
        Confirm: dismiss its issues
      </Button>
      <Button
        variant="default"
        leftSection={<IconRotate2 size={16} />}
        loading={reopen.isPending}
        onClick={() => reopen.mutate()}
      >
        Open it again
      </Button>
      <Modal
        opened={confirming}
        onClose={dialog.close}
        title={`Dismiss ${countOf(open.length, "issue")}`}
        closeButtonProps={{ "aria-label": "Close" }}
      >
        <Text mb="md">Whoever closed the work item decided not to fix them: say why, for those who ask later.</Text>
        <DismissForm
          what={{ is: "issues", ids: open, thing: "issue" }}
          onClose={dialog.close}
          onDone={() => void onSettled()}
        />
      </Modal>
    </>
  );
}

function LookNow({ item }: { readonly item: WorkItemDetail }) {
  const client = useQueryClient();
  const look = useMutation({
    mutationFn: () => tell.syncWorkItem(item.id),
    onSuccess: () => sayDone("Boards is asked how it stands; the answer appears here in a moment."),
    onError: (error) => sayFailed("Boards was not asked", error),
    onSettled: () => client.invalidateQueries({ queryKey: ["work-items"] }),
  });
  return (
    <Button
      variant="default"
      leftSection={<IconRefresh size={16} />}
      loading={look.isPending}
      onClick={() => look.mutate()}
    >
      Look at it now
    </Button>
  );
}

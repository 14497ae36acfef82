/** What a person may decide about an issue: dismiss it with a reason, perhaps until a day; open it again. */
import { Button, Group, Modal, Radio, Stack, Textarea, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { IssueDetail } from "#api/issues/contract.ts";
import type { DismissReason } from "#model/issue.ts";
import { tell } from "../../api.ts";
import { sayDone, sayFailed } from "../../ui/say.ts";
import { dismissReasonLabels } from "../../ui/words.ts";
import classes from "./issue.module.css";

export function Decision({ issue }: { readonly issue: IssueDetail }) {
  const client = useQueryClient();
  const [asking, dialog] = useDisclosure(false);
  const reopen = useMutation({
    mutationFn: () => tell.reopenIssue(issue.id, {}),
    onSuccess: () => sayDone("The issue is open again."),
    onError: (error) => sayFailed("The issue was not opened", error),
    onSettled: () => client.invalidateQueries({ queryKey: ["issues"] }),
  });
  // What the code silences is decided in the code.
  if (issue.state.is === "fixed" || issue.state.is === "silenced") return null;
  return (
    <div className={classes.decision}>
      {issue.state.is === "open" ? (
        <Button variant="default" onClick={dialog.open}>
          Dismiss
        </Button>
      ) : (
        <Button variant="default" loading={reopen.isPending} onClick={() => reopen.mutate()}>
          Open again
        </Button>
      )}
      <Modal
        opened={asking}
        onClose={dialog.close}
        title="Dismiss this issue"
        closeButtonProps={{ "aria-label": "Close" }}
      >
        <DismissForm issue={issue} onClose={dialog.close} />
      </Modal>
    </div>
  );
}

const reasons: readonly { readonly value: DismissReason; readonly description: string }[] = [
  { value: "false-positive", description: "It is not what the rule takes it for" },
  { value: "used-in-tests", description: "Real, but only tests see it" },
  { value: "accepted-risk", description: "Known, and to be lived with" },
  { value: "will-fix-later", description: "To be fixed; best with a day" },
];

function DismissForm({ issue, onClose }: { readonly issue: IssueDetail; readonly onClose: () => void }) {
  const client = useQueryClient();
  const [reason, setReason] = useState<DismissReason>();
  const [comment, setComment] = useState("");
  const [until, setUntil] = useState("");
  const [tomorrow] = useState(() => new Date(Date.now() + 86_400_000).toISOString().slice(0, 10));
  const dismiss = useMutation({
    mutationFn: (chosen: DismissReason) =>
      tell.dismissIssue(issue.id, {
        reason: chosen,
        ...(comment.trim() === "" ? {} : { comment: comment.trim() }),
        ...(until === "" ? {} : { until: new Date(`${until}T00:00:00`).toISOString() }),
      }),
    onSuccess: () => {
      sayDone("The issue is dismissed.");
      onClose();
    },
    onError: (error) => sayFailed("The issue was not dismissed", error),
    onSettled: () => client.invalidateQueries({ queryKey: ["issues"] }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (reason !== undefined) dismiss.mutate(reason);
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <Radio.Group label="Reason" value={reason ?? null} onChange={(value) => setReason(value as DismissReason)}>
          <Stack gap={10} mt={6}>
            {reasons.map(({ value, description }) => (
              <Radio key={value} value={value} label={dismissReasonLabels[value]} description={description} />
            ))}
          </Stack>
        </Radio.Group>
        <TextInput
          type="date"
          label="Until"
          description="Opens again on that day if it is still there; empty means for good"
          min={tomorrow}
          value={until}
          onChange={(event) => setUntil(event.currentTarget.value)}
        />
        <Textarea
          label="Comment"
          description="For those who ask later"
          autosize
          minRows={2}
          maxLength={4000}
          value={comment}
          onChange={(event) => setComment(event.currentTarget.value)}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" disabled={reason === undefined} loading={dismiss.isPending}>
            Dismiss
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** Asks why something is dismissed, perhaps until when; or, of a secret, whether nobody can use it any more. */
import { Button, Group, Radio, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { DismissBody } from "#api/issues/contract.ts";
import type { DismissReason } from "#model/issue.ts";
import { tell } from "../../api.ts";
import { sayDone, sayFailed } from "../../ui/say.ts";
import { dismissReasonLabels } from "../../ui/words.ts";
import { aboutIssues } from "./about-issues.ts";

const reasons: readonly { readonly value: DismissReason; readonly description: string }[] = [
  { value: "false-positive", description: "It is not what the rule takes it for" },
  { value: "used-in-tests", description: "Real, but only tests see it" },
  { value: "accepted-risk", description: "Known, and to be lived with" },
  { value: "will-fix-later", description: "To be fixed; best with a day" },
];

interface Properties {
  /** Their ids; one decision for all of them. */
  readonly issues: readonly string[];
  readonly onClose: () => void;
}

export function DismissForm({ issues, isSecret, onClose }: Properties & { readonly isSecret: boolean }) {
  const [reason, setReason] = useState<DismissReason>();
  const [comment, setComment] = useState("");
  const [until, setUntil] = useState("");
  const [tomorrow] = useState(() => new Date(Date.now() + 86_400_000).toISOString().slice(0, 10));
  const dismiss = useDismiss(issues, `The ${isSecret ? "secret" : "issue"} is dismissed.`, onClose);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (reason === undefined) return;
    dismiss.mutate({
      ...{ reason, comment },
      ...(until === "" ? {} : { until: new Date(`${until}T00:00:00`).toISOString() }),
    });
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
        <Comment value={comment} onChange={setComment} />
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

export function RotatedForm({ issues, onClose }: Properties) {
  const [comment, setComment] = useState("");
  const dismiss = useDismiss(issues, "The secret is marked as rotated.", onClose);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    dismiss.mutate({ reason: "rotated", comment });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <Text>
          Say so once its provider no longer takes it: only then can nobody use it who has it from the code or from its
          history. It is no longer counted as open, wherever it stands.
        </Text>
        <Comment value={comment} onChange={setComment} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={dismiss.isPending}>
            It is rotated
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Comment({ value, onChange }: { readonly value: string; readonly onChange: (value: string) => void }) {
  return (
    <Textarea
      label="Comment"
      description="For those who ask later"
      autosize
      minRows={2}
      maxLength={4000}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

function useDismiss(issues: readonly string[], done: string, onClose: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ comment = "", ...rest }: DismissBody) => {
      const body = { ...rest, ...(comment.trim() === "" ? {} : { comment: comment.trim() }) };
      return Promise.all(issues.map((id) => tell.dismissIssue(id, body)));
    },
    onSuccess: () => {
      sayDone(done);
      onClose();
    },
    onError: (error) => sayFailed("It was not dismissed", error),
    onSettled: () => client.invalidateQueries(aboutIssues),
  });
}

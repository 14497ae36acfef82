/** Gives an exception another end. */
import { Stack, Switch, Text, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { ExceptionRow } from "#api/exceptions/contract.ts";
import { tell } from "../../api.ts";
import { RequestError } from "../../request.ts";
import { DialogEnd } from "../../ui/dialog-end.tsx";
import { saysWhy } from "../../ui/failure.tsx";
import { beginningOf, dayAt, tomorrow } from "../../ui/local-day.ts";
import { sayDone } from "../../ui/say.ts";
import { aboutIssues } from "../issues/about-issues.ts";

interface Properties {
  readonly row: Pick<ExceptionRow, "id" | "message" | "until">;
  readonly onClose: () => void;
}

export function ExtendForm({ row: { id, message, until }, onClose }: Properties) {
  const client = useQueryClient();
  const [earliest] = useState(() => tomorrow());
  const [day, setDay] = useState(until === null ? "" : dayAt(new Date(until)));
  const [endless, setEndless] = useState(until === null);
  const extend = useMutation({
    mutationFn: () => tell.extendException(id ?? "", endless ? null : beginningOf(day)),
    onSuccess: () => {
      sayDone("The exception has another end.");
      onClose();
    },
    onSettled: () => client.invalidateQueries(aboutIssues),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    extend.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <Text>{message}</Text>
        <TextInput
          data-autofocus
          type="date"
          label="Until"
          description="What it covers opens again on that day if it is still there"
          min={earliest}
          value={endless ? "" : day}
          disabled={endless}
          error={extend.error === null ? undefined : whyNot(extend.error)}
          onChange={(event) => setDay(event.currentTarget.value)}
        />
        <Switch
          label="Without an end"
          description="Where its instance allows it"
          checked={endless}
          onChange={(event) => setEndless(event.currentTarget.checked)}
        />
        <DialogEnd onCancel={onClose} isBusy={extend.isPending} isDisabled={!endless && day === ""}>
          Set the end
        </DialogEnd>
      </Stack>
    </form>
  );
}

/** What is wrong with the day says the server in the field's own words. */
function whyNot(error: unknown): string {
  const why = error instanceof RequestError ? error.fields.get("until") : undefined;
  return why === undefined ? saysWhy(error) : `It ${why}.`;
}

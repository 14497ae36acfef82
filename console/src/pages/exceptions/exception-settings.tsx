/** What an instance asks of its exceptions: an end, a second person, and who may decide in pull requests. */
import { NativeSelect, NumberInput, Stack, Switch, TagsInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { ExceptionSettingsBody } from "#api/exceptions/contract.ts";
import { ask, tell } from "../../api.ts";
import { severityWords } from "../../search-filters.ts";
import { DialogEnd } from "../../ui/dialog-end.tsx";
import { sayDone, sayFailed } from "../../ui/say.ts";
import { severityLabels } from "../../ui/severity.tsx";
import { Listing } from "../../ui/table/listing.tsx";
import { InstancePicker } from "../policies/instance-picker.tsx";
import { useInstance } from "../policies/use-instance.ts";

interface Properties {
  readonly onClose: () => void;
}

export function ExceptionSettings({ onClose }: Properties) {
  const [wanted, setWanted] = useState<string>();
  const choice = useInstance(wanted);
  const id = choice.instance?.id;
  const query = useQuery({ ...ask.exceptionSettings(id ?? ""), enabled: id !== undefined });
  if (id === undefined) return choice.query.isPending ? null : <p>Nothing is connected yet.</p>;
  return (
    <Stack gap="md">
      <InstancePicker choice={choice} onChange={setWanted} />
      <Listing query={query} isEmpty={() => false} empty={null}>
        {(settings) => <SettingsForm key={id} instanceId={id} settings={settings} onClose={onClose} />}
      </Listing>
    </Stack>
  );
}

interface FormProperties extends Properties {
  readonly instanceId: string;
  readonly settings: ExceptionSettingsBody;
}

// oxlint-disable-next-line max-lines-per-function -- five fields that are saved together
function SettingsForm({ instanceId, settings, onClose }: FormProperties) {
  const client = useQueryClient();
  const [body, setBody] = useState(settings);
  const change = (part: Partial<ExceptionSettingsBody>) => setBody({ ...body, ...part });
  const save = useMutation({
    mutationFn: () => tell.setExceptionSettings(instanceId, body),
    onSuccess: (answer) => {
      client.setQueryData(ask.exceptionSettings(instanceId).queryKey, answer);
      sayDone("It is kept. Exceptions that are there stay as they are.");
      onClose();
    },
    onError: (error) => sayFailed("It was not kept", error),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <Switch
          label="Every exception ends"
          description="Only a secret that is rotated needs no end"
          checked={body.expiryRequired}
          onChange={(event) => change({ expiryRequired: event.currentTarget.checked })}
        />
        <NumberInput
          label="At most so many days ahead"
          description="An exception without a day of its own lasts that long"
          min={1}
          max={3650}
          allowDecimal={false}
          clampBehavior="strict"
          value={body.longestDays}
          onChange={(value) => {
            if (typeof value === "number") change({ longestDays: value });
          }}
        />
        <NativeSelect
          label="A second person agrees"
          description="Until then it covers nothing; nobody agrees to their own"
          value={body.approvalFrom ?? ""}
          onChange={(event) =>
            change({ approvalFrom: severityWords.find((word) => word === event.currentTarget.value) ?? null })
          }
          data={[
            { value: "", label: "Never needed" },
            ...severityWords.map((word) => ({
              value: word,
              label: word === "critical" ? "Critical only" : `${severityLabels[word]} or worse`,
            })),
          ]}
        />
        <TagsInput
          label="Who may decide by replies in pull requests"
          description="Besides those who could overrule the check anyway: unique names of people, or full names of groups"
          placeholder={body.reviewers.length === 0 ? "[Payments]\\Security Reviewers" : ""}
          maxTags={200}
          value={body.reviewers}
          onChange={(reviewers) => change({ reviewers })}
        />
        <Switch
          label="Who made a pull request may decide there"
          checked={body.authorsMay}
          onChange={(event) => change({ authorsMay: event.currentTarget.checked })}
        />
        <DialogEnd onCancel={onClose} isBusy={save.isPending}>
          Save
        </DialogEnd>
      </Stack>
    </form>
  );
}

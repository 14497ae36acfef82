/** Asks why something is dismissed, until when and how far; or, of a secret, whether nobody can use it any more. */
import { NativeSelect, Radio, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import type { ExceptionsBody } from "#api/exceptions/contract.ts";
import type { Justification } from "#model/exception.ts";
import type { DismissReason } from "#model/issue.ts";
import { DialogEnd } from "../../ui/dialog-end.tsx";
import { beginningOf, tomorrow } from "../../ui/local-day.ts";
import { dismissReasonLabels, justificationLabels } from "../../ui/words.ts";
import { type ToDismiss, useDismiss } from "./use-dismiss.ts";

const reasons: readonly { readonly value: DismissReason; readonly description: string }[] = [
  { value: "false-positive", description: "It is not what the rule takes it for" },
  { value: "used-in-tests", description: "Real, but only tests see it" },
  { value: "accepted-risk", description: "Known, and to be lived with" },
  { value: "will-fix-later", description: "To be fixed; best with a day" },
];

const justifications = Object.keys(justificationLabels) as Justification[];

/** How far an exception for a vulnerable package reaches. */
const reaches: readonly { readonly value: string; readonly label: string; readonly body: Partial<ExceptionsBody> }[] = [
  { value: "finding", label: "This manifest", body: {} },
  { value: "advisory", label: "All manifests of the repository", body: { reach: "advisory" } },
  { value: "everywhere", label: "All repositories of the instance", body: { reach: "advisory", everywhere: true } },
];

interface Properties {
  readonly what: ToDismiss;
  readonly isEverywhere?: boolean;
  /** All are vulnerable packages: what is decided may reach further than one manifest. */
  readonly areVulnerabilities?: boolean;
  readonly onClose: () => void;
  /** After it was done, besides closing. */
  readonly onDone?: () => void;
}

export function DismissForm({ what, isEverywhere = false, areVulnerabilities = false, onClose, onDone }: Properties) {
  const [reason, setReason] = useState<DismissReason>();
  const [comment, setComment] = useState("");
  const [until, setUntil] = useState("");
  const [reach, setReach] = useState("finding");
  const [justification, setJustification] = useState<Justification>();
  // What is to be fixed does affect the product.
  const isJustifiable = areVulnerabilities && reason !== "will-fix-later";
  const [earliest] = useState(() => tomorrow());
  const dismiss = useDismiss(what, () => {
    onClose();
    onDone?.();
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (reason === undefined) return;
    dismiss.mutate({
      ...{ reason, comment },
      ...(isEverywhere ? { everywhere: true } : {}),
      ...(until === "" ? {} : { until: beginningOf(until) }),
      ...(areVulnerabilities && what.is === "issues" ? reaches.find(({ value }) => value === reach)?.body : {}),
      ...(isJustifiable && justification !== undefined ? { justification } : {}),
    });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <Radio.Group label="Reason" value={reason ?? null} onChange={(value) => setReason(value as DismissReason)}>
          <Stack gap={10} mt={6}>
            {reasons.map(({ value, description }, index) => (
              <Radio
                key={value}
                data-autofocus={index === 0 || undefined}
                value={value}
                label={dismissReasonLabels[value]}
                description={description}
              />
            ))}
          </Stack>
        </Radio.Group>
        {isJustifiable ? <NotAffected value={justification} onChange={setJustification} /> : null}
        {areVulnerabilities && what.is === "issues" ? (
          <NativeSelect
            label="Reaches"
            description="The same advisory against the same package"
            value={reach}
            onChange={(event) => setReach(event.currentTarget.value)}
            data={reaches.map(({ value, label }) => ({ value, label }))}
          />
        ) : null}
        <TextInput
          type="date"
          label="Until"
          description="Opens again on that day if it is still there; empty means as long as its instance allows"
          min={earliest}
          value={until}
          onChange={(event) => setUntil(event.currentTarget.value)}
        />
        <Comment value={comment} onChange={setComment} />
        <DialogEnd onCancel={onClose} isBusy={dismiss.isPending} isDisabled={reason === undefined}>
          Dismiss
        </DialogEnd>
      </Stack>
    </form>
  );
}

interface NotAffectedProperties {
  readonly value: Justification | undefined;
  readonly onChange: (value: Justification | undefined) => void;
}

/** For the VEX documents of the repository: with it they say that what is built is not affected. */
function NotAffected({ value, onChange }: NotAffectedProperties) {
  return (
    <NativeSelect
      label="Not affected, because"
      description="Stands in the VEX documents that others filter their findings by; may be left out"
      value={value ?? ""}
      onChange={(event) => onChange(justifications.find((one) => one === event.currentTarget.value))}
      data={[
        { value: "", label: "Nothing is said" },
        ...justifications.map((one) => ({ value: one, label: justificationLabels[one] })),
      ]}
    />
  );
}

interface RotatedProperties {
  /** One of each secret. */
  readonly issues: readonly string[];
  readonly onClose: () => void;
  /** After it was done, besides closing. */
  readonly onDone?: () => void;
}

export function RotatedForm({ issues, onClose, onDone }: RotatedProperties) {
  const [comment, setComment] = useState("");
  const rotate = useDismiss({ is: "issues", ids: issues, thing: "secret" }, () => {
    onClose();
    onDone?.();
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    rotate.mutate({ reason: "rotated", comment });
  };
  const isOne = issues.length === 1;
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <Text>
          {isOne
            ? "Say so once its provider no longer takes it: only then can nobody use it who has it from the code or from its history. It is no longer counted as open, wherever it stands."
            : "Say so once no provider takes any of them: only then can nobody use them who has them from the code or from its history. They are no longer counted as open, wherever they stand."}
        </Text>
        <Comment value={comment} onChange={setComment} isFirst />
        <DialogEnd onCancel={onClose} isBusy={rotate.isPending}>
          {isOne ? "It is rotated" : "They are rotated"}
        </DialogEnd>
      </Stack>
    </form>
  );
}

interface CommentProperties {
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Nothing is asked before it. */
  readonly isFirst?: boolean;
}

function Comment({ value, onChange, isFirst = false }: CommentProperties) {
  return (
    <Textarea
      label="Comment"
      description="For those who ask later"
      data-autofocus={isFirst || undefined}
      autosize
      minRows={2}
      maxLength={4000}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

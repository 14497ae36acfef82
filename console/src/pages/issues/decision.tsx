/** What a person may decide about an issue, or about all issues of one secret: dismiss with a reason, open again. */
import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { IssueRow } from "#api/issues/contract.ts";
import { tell } from "../../api.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { sayDone, sayFailed } from "../../ui/say.ts";
import { aboutIssues } from "./about-issues.ts";
import { DismissForm, RotatedForm } from "./dismiss-form.tsx";
import classes from "./issue.module.css";

/** An issue, as far as decisions go. */
export interface Decidable {
  readonly id: string;
  readonly state: IssueRow["state"]["is"];
}

interface Properties {
  readonly issues: readonly Decidable[];
  /** A secret is rotated rather than dismissed. */
  readonly isSecret: boolean;
  /** The issues are all of one secret: what is decided holds for every repository, also for those that come to hold it. */
  readonly isEverywhere?: boolean;
  readonly areVulnerabilities?: boolean;
  /** What else may be done. */
  readonly children?: ReactNode;
}

export function Decision({ issues, isSecret, isEverywhere = false, areVulnerabilities = false, children }: Properties) {
  const client = useQueryClient();
  const [dismissing, dismissal] = useDisclosure(false);
  const [rotating, rotation] = useDisclosure(false);
  // What the code silences is decided in the code.
  const open = issues.filter(({ state }) => state === "open").map(({ id }) => id);
  // What holds everywhere is decided by any of them.
  const decided = isEverywhere ? open.slice(0, 1) : open;
  const dismissed = issues.filter(({ state }) => state === "dismissed").map(({ id }) => id);
  const reopen = useMutation({
    mutationFn: () => Promise.all(dismissed.map((id) => tell.reopenIssue(id, {}))),
    onSuccess: () => sayDone(isSecret ? "The secret is open again." : "The issue is open again."),
    onError: (error) => sayFailed("It was not opened again", error),
    onSettled: () => client.invalidateQueries(aboutIssues),
  });
  if (open.length + dismissed.length === 0) return null;
  return (
    <div className={classes.decision}>
      {open.length === 0 ? (
        <Button variant="default" loading={reopen.isPending} onClick={() => reopen.mutate()}>
          Open again
        </Button>
      ) : (
        <>
          {isSecret ? <Button onClick={rotation.open}>Mark as rotated</Button> : null}
          <Button variant="default" onClick={dismissal.open}>
            Dismiss
          </Button>
          {children}
        </>
      )}
      <Dialog
        title={isSecret ? "Dismiss this secret" : "Dismiss this issue"}
        opened={dismissing}
        onClose={dismissal.close}
      >
        <DismissForm
          what={{ is: "issues", ids: decided, thing: isSecret ? "secret" : "issue" }}
          isEverywhere={isEverywhere}
          areVulnerabilities={areVulnerabilities}
          onClose={dismissal.close}
        />
      </Dialog>
      <Dialog title="This secret is rotated" opened={rotating} onClose={rotation.close}>
        <RotatedForm issues={decided} onClose={rotation.close} />
      </Dialog>
    </div>
  );
}

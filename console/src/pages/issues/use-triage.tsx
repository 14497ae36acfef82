/** What may be done with many issues at once or with the one at hand, by keys and by buttons; each asks in a dialog of its own. */
import type { ReactNode } from "react";
import type { IssueRow } from "#api/issues/contract.ts";
import type { DismissMatchingBody } from "#api/issues/many-contract.ts";
import { countOf } from "../../ui/amounts.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { KeyList } from "../../ui/key-list.tsx";
import { type Keys, type ListTriage, type Opened, useListTriage } from "../../ui/use-list-triage.ts";
import { LookAndAsk } from "../fixes/ask-for-fix.tsx";
import { AskForFixes } from "./ask-for-fixes.tsx";
import { AskForWorkItems } from "./ask-for-work-items.tsx";
import { DismissForm } from "./dismiss-form.tsx";
import { triageKeys } from "./triage-keys.ts";

/** To be looked at before anybody asks. */
const fewEnough = 5;

type Order = "dismiss" | "fix" | "work-item";

type Asking =
  | { readonly is: Order; readonly issues: readonly IssueRow[] }
  | { readonly is: "dismiss-matching"; readonly filter: DismissMatchingBody["filter"]; readonly count: number };

export interface Triage extends Pick<ListTriage<IssueRow, Asking>, "selection" | "onActive" | "ask"> {
  readonly dialogs: ReactNode;
}

interface Properties {
  readonly rows: readonly IssueRow[] | undefined;
  readonly opened: Opened<IssueRow> | undefined;
  readonly onOpen: (issue: IssueRow) => void;
}

export function useTriage(given: Properties): Triage {
  const orders = { d: orderOf("dismiss"), f: orderOf("fix"), w: orderOf("work-item") };
  const { selection, onActive, ask, ...dialogs } = useListTriage<IssueRow, Asking>({ ...given, idOf, orders });
  return { selection, onActive, ask, dialogs: <Dialogs {...dialogs} /> };
}

/** What is not open any more can be neither dismissed nor fixed. */
function orderOf(is: Order): (issues: readonly IssueRow[]) => Asking | undefined {
  return (all) => {
    const issues = all.filter(({ state }) => state.is === "open");
    return issues.length === 0 ? undefined : { is, issues };
  };
}

type DialogsProperties = Pick<ListTriage<IssueRow, Asking>, "asking" | "onClose" | "onDone">;

function Dialogs({ asking, onClose, onDone }: DialogsProperties) {
  const dismisses = asking?.is === "dismiss" || asking?.is === "dismiss-matching";
  return (
    <>
      <Dialog title={titleOf(asking)} opened={dismisses} onClose={onClose}>
        {asking?.is === "dismiss" ? (
          <DismissForm
            what={{ is: "issues", ids: idsOf(asking.issues), thing: "issue" }}
            areVulnerabilities={asking.issues.every(({ scanner }) => scanner === "vulnerabilities")}
            {...{ onClose, onDone }}
          />
        ) : asking?.is === "dismiss-matching" ? (
          <DismissForm
            what={{ ...asking, is: "matching" }}
            areVulnerabilities={asking.filter.scanner?.every((scanner) => scanner === "vulnerabilities") ?? false}
            {...{ onClose, onDone }}
          />
        ) : null}
      </Dialog>
      <Dialog title={titleOf(asking)} opened={asking?.is === "fix"} onClose={onClose} size="820px">
        {asking?.is !== "fix" ? null : asking.issues.length <= fewEnough ? (
          <LookAndAsk
            wish={{ issues: idsOf(asking.issues) }}
            onBack={onClose}
            onAsked={() => {
              onClose();
              onDone();
            }}
          />
        ) : (
          <AskForFixes issues={idsOf(asking.issues)} {...{ onClose, onDone }} />
        )}
      </Dialog>
      <Dialog title={titleOf(asking)} opened={asking?.is === "work-item"} onClose={onClose}>
        {asking?.is === "work-item" ? <AskForWorkItems issues={idsOf(asking.issues)} {...{ onClose, onDone }} /> : null}
      </Dialog>
      <Dialog title="Keys" opened={asking?.is === "keys"} onClose={onClose}>
        <KeyList keys={triageKeys} />
      </Dialog>
    </>
  );
}

function idOf({ id }: IssueRow): string {
  return id;
}

function idsOf(issues: readonly IssueRow[]): string[] {
  return issues.map(idOf);
}

function titleOf(asking: Asking | Keys | undefined): string {
  if (asking === undefined || asking.is === "keys") return "";
  const count = asking.is === "dismiss-matching" ? asking.count : asking.issues.length;
  const [one, many] = titles[asking.is];
  return count === 1 ? one : `${many} ${countOf(count, "issue")}`;
}

const titles: Readonly<Record<Asking["is"], readonly [one: string, many: string]>> = {
  dismiss: ["Dismiss this issue", "Dismiss"],
  "dismiss-matching": ["Dismiss this issue", "Dismiss"],
  fix: ["Ask for a fix", "Ask for fixes of"],
  "work-item": ["Make a work item", "Make work items of"],
};

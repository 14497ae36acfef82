/** What may be done with many issues at once or with the one at hand, by keys and by buttons; each asks in a dialog of its own. */
import { type ReactNode, useRef, useState } from "react";
import type { IssueRow } from "#api/issues/contract.ts";
import type { DismissMatchingBody } from "#api/issues/many-contract.ts";
import { countOf } from "../../ui/amounts.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { KeyList } from "../../ui/key-list.tsx";
import { usePageKeys } from "../../ui/use-page-keys.ts";
import { type Selection, useSelection } from "../../ui/use-selection.ts";
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
  | { readonly is: "dismiss-matching"; readonly filter: DismissMatchingBody["filter"]; readonly count: number }
  | { readonly is: "keys" };

export interface Triage {
  readonly selection: Selection<IssueRow>;
  /** The one that has the focus; the one that is open beside the list goes before it. */
  readonly onActive: (issue: IssueRow) => void;
  readonly ask: (asking: Asking) => void;
  readonly dialogs: ReactNode;
}

/** Beside the list; undefined until it is loaded. */
interface Opened {
  readonly issue: IssueRow | undefined;
}

export function useTriage(opened: Opened | undefined, onOpen: (issue: IssueRow) => void): Triage {
  const selection = useSelection<IssueRow>(idOf);
  const active = useRef<IssueRow>(undefined);
  const [asking, setAsking] = useState<Asking>();
  // While one is being opened none is at hand: a key must not meet another one.
  const atHand = () => (opened === undefined ? active.current : opened.issue);
  const order = (is: Order) => {
    const one = atHand();
    const issues = selection.chosen.length > 0 ? selection.chosen : one === undefined ? [] : [one];
    // What is not open any more can be neither dismissed nor fixed.
    const left = issues.filter(({ state }) => state.is === "open");
    if (left.length > 0) setAsking({ is, issues: left });
  };
  const withOne = (act: (issue: IssueRow) => void) => () => {
    const one = atHand();
    if (one !== undefined) act(one);
  };
  usePageKeys([
    ["x", withOne(selection.toggle)],
    ["o", withOne(onOpen)],
    ["d", () => order("dismiss")],
    ["f", () => order("fix")],
    ["w", () => order("work-item")],
    ["?", () => setAsking({ is: "keys" })],
    ["shift+?", () => setAsking({ is: "keys" })],
  ]);
  const close = () => setAsking(undefined);
  const done = () => {
    selection.clear();
    active.current = undefined;
  };
  return {
    selection,
    onActive: (issue) => {
      active.current = issue;
    },
    ask: setAsking,
    dialogs: <Dialogs asking={asking} onClose={close} onDone={done} />,
  };
}

interface DialogsProperties {
  readonly asking: Asking | undefined;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

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

function titleOf(asking: Asking | undefined): string {
  if (asking === undefined || asking.is === "keys") return "";
  const count = asking.is === "dismiss-matching" ? asking.count : asking.issues.length;
  const [one, many] = titles[asking.is];
  return count === 1 ? one : `${many} ${countOf(count, "issue")}`;
}

const titles: Readonly<Record<Exclude<Asking["is"], "keys">, readonly [one: string, many: string]>> = {
  dismiss: ["Dismiss this issue", "Dismiss"],
  "dismiss-matching": ["Dismiss this issue", "Dismiss"],
  fix: ["Ask for a fix", "Ask for fixes of"],
  "work-item": ["Make a work item", "Make work items of"],
};

/** What may be done with many secrets at once or with the one at hand, by keys and by buttons; each asks in a dialog of its own. */
import { type ReactNode, useRef, useState } from "react";
import type { SecretRow } from "#api/secrets/contract.ts";
import { countOf } from "../../ui/amounts.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { KeyList } from "../../ui/key-list.tsx";
import { usePageKeys } from "../../ui/use-page-keys.ts";
import { type Selection, useSelection } from "../../ui/use-selection.ts";
import { DismissForm, RotatedForm } from "../issues/dismiss-form.tsx";
import { AskProviders } from "./ask-providers.tsx";
import { ChosenSecrets } from "./chosen-secrets.tsx";
import { secretKeys } from "./secret-keys.ts";
import { secretId } from "./secret-list.tsx";

type Order = "rotated" | "dismiss" | "check";

type Asking = { readonly is: Order; readonly secrets: readonly SecretRow[] } | { readonly is: "keys" };

export interface SecretTriage {
  readonly selection: Selection<SecretRow>;
  /** The one that has the focus; the one that is open beside the list goes before it. */
  readonly onActive: (secret: SecretRow) => void;
  readonly ask: (asking: Asking) => void;
  readonly dialogs: ReactNode;
}

/** Beside the list; undefined until it is loaded. */
interface Opened {
  readonly secret: SecretRow | undefined;
}

interface Properties {
  /** What is loaded of the list: what somebody else decided meanwhile is not chosen any more. */
  readonly rows: readonly SecretRow[];
  readonly opened: Opened | undefined;
  readonly onOpen: (secret: SecretRow) => void;
}

export function useSecretTriage({ rows, opened, onOpen }: Properties): SecretTriage {
  const kept = useSelection<SecretRow>(secretId);
  const selection = { ...kept, chosen: rows.filter(kept.has) };
  const active = useRef<SecretRow>(undefined);
  const [asking, setAsking] = useState<Asking>();
  // While one is being opened none is at hand: a key must not meet another one.
  const atHand = () => (opened === undefined ? active.current : opened.secret);
  const order = (is: Order) => {
    const one = atHand();
    const secrets = selection.chosen.length > 0 ? selection.chosen : one === undefined ? [] : [one];
    // A provider answers about any secret; decided is what is open.
    const left = is === "check" ? secrets : secrets.filter(({ state }) => state === "open");
    if (left.length > 0) setAsking({ is, secrets: left });
  };
  const withOne = (act: (secret: SecretRow) => void) => () => {
    const one = atHand();
    if (one !== undefined) act(one);
  };
  usePageKeys([
    ["x", withOne(selection.toggle)],
    ["o", withOne(onOpen)],
    ["r", () => order("rotated")],
    ["d", () => order("dismiss")],
    ["c", () => order("check")],
    ["?", () => setAsking({ is: "keys" })],
    ["shift+?", () => setAsking({ is: "keys" })],
  ]);
  const done = () => {
    selection.clear();
    active.current = undefined;
  };
  return {
    selection,
    onActive: (secret) => {
      active.current = secret;
    },
    ask: setAsking,
    dialogs: <Dialogs asking={asking} onClose={() => setAsking(undefined)} onDone={done} />,
  };
}

interface DialogsProperties {
  readonly asking: Asking | undefined;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

function Dialogs({ asking, onClose, onDone }: DialogsProperties) {
  return (
    <>
      <Dialog title={titleOf(asking)} opened={asking !== undefined && asking.is !== "keys"} onClose={onClose}>
        {asking === undefined || asking.is === "keys" ? null : (
          <>
            <ChosenSecrets secrets={asking.secrets} />
            <Form asking={asking} {...{ onClose, onDone }} />
          </>
        )}
      </Dialog>
      <Dialog title="Keys" opened={asking?.is === "keys"} onClose={onClose}>
        <KeyList keys={secretKeys} />
      </Dialog>
    </>
  );
}

type Decision = Exclude<Asking, { readonly is: "keys" }>;

function Form({ asking: { is, secrets }, ...ways }: Omit<DialogsProperties, "asking"> & { readonly asking: Decision }) {
  switch (is) {
    case "rotated":
      return <RotatedForm issues={issuesOf(secrets)} {...ways} />;
    case "dismiss":
      return <DismissForm what={{ is: "issues", ids: issuesOf(secrets), thing: "secret" }} isEverywhere {...ways} />;
    case "check":
      return <AskProviders secrets={secrets} {...ways} />;
  }
}

/** One of each, an open one if there is any: what is decided by it holds for all of them. */
function issuesOf(secrets: readonly SecretRow[]): string[] {
  return secrets.flatMap(({ issueIds: [first] }) => first ?? []);
}

function titleOf(asking: Asking | undefined): string {
  if (asking === undefined || asking.is === "keys") return "";
  const { length } = asking.secrets;
  const [one, many] = titles[asking.is];
  return length === 1 ? one : many(countOf(length, "secret"));
}

const titles: Readonly<Record<Order, readonly [one: string, many: (secrets: string) => string]>> = {
  rotated: ["This secret is rotated", (secrets) => `${secrets} are rotated`],
  dismiss: ["Dismiss this secret", (secrets) => `Dismiss ${secrets}`],
  check: ["Ask its provider", (secrets) => `Ask the providers of ${secrets}`],
};

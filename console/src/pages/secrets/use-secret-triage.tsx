/** What may be done with many secrets at once or with the one at hand, by keys and by buttons; each asks in a dialog of its own. */
import type { ReactNode } from "react";
import type { SecretRow } from "#api/secrets/contract.ts";
import { countOf } from "../../ui/amounts.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { KeyList } from "../../ui/key-list.tsx";
import { type Keys, type ListTriage, type Opened, useListTriage } from "../../ui/use-list-triage.ts";
import { DismissForm, RotatedForm } from "../issues/dismiss-form.tsx";
import { AskProviders } from "./ask-providers.tsx";
import { ChosenSecrets } from "./chosen-secrets.tsx";
import { secretKeys } from "./secret-keys.ts";
import { secretId } from "./secret-list.tsx";

type Order = "rotated" | "dismiss" | "check";

interface Asking {
  readonly is: Order;
  readonly secrets: readonly SecretRow[];
}

export interface SecretTriage extends Pick<ListTriage<SecretRow, Asking>, "selection" | "onActive" | "ask"> {
  readonly dialogs: ReactNode;
}

interface Properties {
  readonly rows: readonly SecretRow[];
  readonly opened: Opened<SecretRow> | undefined;
  readonly onOpen: (secret: SecretRow) => void;
}

export function useSecretTriage(given: Properties): SecretTriage {
  const orders = { r: orderOf("rotated"), d: orderOf("dismiss"), c: orderOf("check") };
  const triage = useListTriage<SecretRow, Asking>({ ...given, idOf: secretId, orders });
  const { selection, onActive, ask, ...dialogs } = triage;
  return { selection, onActive, ask, dialogs: <Dialogs {...dialogs} /> };
}

/** A provider answers about any secret; decided is what is open. */
function orderOf(is: Order): (secrets: readonly SecretRow[]) => Asking | undefined {
  return (all) => {
    const secrets = is === "check" ? all : all.filter(({ state }) => state === "open");
    return secrets.length === 0 ? undefined : { is, secrets };
  };
}

type DialogsProperties = Pick<ListTriage<SecretRow, Asking>, "asking" | "onClose" | "onDone">;

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

function Form({ asking: { is, secrets }, ...ways }: Omit<DialogsProperties, "asking"> & { readonly asking: Asking }) {
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

function titleOf(asking: Asking | Keys | undefined): string {
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

/** What may be done with the secrets that are chosen. */
import { Button } from "@mantine/core";
import { BulkBar } from "../../ui/bulk-bar.tsx";
import classes from "./secrets.module.css";
import type { SecretTriage } from "./use-secret-triage.tsx";

export function SecretBulkBar({ triage: { selection, ask } }: { readonly triage: SecretTriage }) {
  const { chosen, clear } = selection;
  const open = chosen.filter(({ state }) => state === "open");
  const none = open.length === 0;
  return (
    <BulkBar thing="secret" count={chosen.length} onClear={clear}>
      <Button size="compact-sm" disabled={none} onClick={() => ask({ is: "rotated", secrets: open })}>
        Mark as rotated
      </Button>
      <Button size="compact-sm" variant="default" disabled={none} onClick={() => ask({ is: "dismiss", secrets: open })}>
        Dismiss
      </Button>
      <Button size="compact-sm" variant="default" onClick={() => ask({ is: "check", secrets: chosen })}>
        Ask providers
      </Button>
      {none ? <span className={classes.quiet}>None of them is open.</span> : null}
    </BulkBar>
  );
}

/** Who may complete a pull request, or push, in spite of a gate; with the permissions that let them. */
import type { GateRow } from "#api/gates/contract.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Badge } from "../../ui/tag.tsx";
import classes from "./gates.module.css";

interface Properties {
  readonly gate: GateRow | undefined;
  readonly onClose: () => void;
}

export function Bypassers({ gate, onClose }: Properties) {
  return (
    <Dialog
      opened={gate !== undefined}
      onClose={onClose}
      title={gate === undefined ? "" : `Who may pass by the gate of ${gate.repository}, ${gate.branch}`}
    >
      <ul className={classes.bypassers}>
        {gate?.bypassers?.map(({ name, isGroup, permissions }) => (
          <li key={name}>
            <b>{name}</b> {isGroup ? <Badge>Group</Badge> : null}
            <div className={classes.quiet}>{permissions.join(", ")}</div>
          </li>
        ))}
      </ul>
      <p className={classes.quiet}>
        As Azure DevOps' access control lists say, from the organization down to the branch. Groups are named, not their
        members.
        {gate?.bypassersAt == null ? null : (
          <>
            {" "}
            Read <Moment at={gate.bypassersAt} />.
          </>
        )}
      </p>
    </Dialog>
  );
}

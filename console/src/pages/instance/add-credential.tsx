/** One more credential for an instance, by any of the three ways; checked before it is taken. */
import { Button } from "@mantine/core";
import { useState } from "react";
import type { Connection } from "#api/connections/contract.ts";
import type { InstanceDetail } from "#api/instances/contract.ts";
import { CheckResult } from "../../ui/connection/check-result.tsx";
import { draftOf } from "../../ui/connection/ready-in.ts";
import { Ways } from "../../ui/connection/ways.tsx";
import classes from "./instance.module.css";
import { useTakeCredential } from "./use-take-credential.ts";

interface Properties {
  readonly instance: InstanceDetail;
  readonly onDone: () => void;
}

export function AddCredential({ instance, onDone }: Properties) {
  const [connection, setConnection] = useState<Connection>();
  const take = useTakeCredential(instance.id, onDone);
  const draft = draftOf(connection, instance.name);
  return (
    <>
      <Ways organizations={instance.organizations.map((organization) => organization.name)} onChecked={setConnection} />
      {connection === undefined ? null : (
        <div className={classes.checked}>
          <CheckResult connection={connection} sameInstance={instance.name} />
        </div>
      )}
      <div className={classes.buttons}>
        {draft === undefined ? null : (
          <Button loading={take.isPending} onClick={() => take.mutate(draft)}>
            Use it from now on
          </Button>
        )}
        <Button variant="default" onClick={onDone}>
          Cancel
        </Button>
      </div>
    </>
  );
}

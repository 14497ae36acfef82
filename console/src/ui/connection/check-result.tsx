/** What the check of a token found: per organization who it is and what it may do. */
import { Alert } from "@mantine/core";
import { IconCheck, IconX } from "@tabler/icons-react";
import type { CheckedOrganization, Connection } from "#api/connections/contract.ts";
import { Tag } from "../tag.tsx";
import classes from "./connection.module.css";

interface Properties {
  readonly connection: Connection;
  /** Its own organizations are connected already, and rightly so. */
  readonly sameInstance?: string;
}

export function CheckResult({ connection, sameInstance }: Properties) {
  return (
    <div className={classes.result} role="status">
      {connection.draft === null ? (
        <Alert color="red" variant="light" title="No organization can be connected with this token">
          The reasons stand below. Correct the token or the names and check again.
        </Alert>
      ) : null}
      {connection.organizations.map((organization) => (
        <Organization key={organization.name} organization={organization} sameInstance={sameInstance} />
      ))}
    </div>
  );
}

interface OrganizationProperties {
  readonly organization: CheckedOrganization;
  readonly sameInstance: string | undefined;
}

function Organization({ organization, sameInstance }: OrganizationProperties) {
  const { account, capabilities, problem, connectedTo } = organization;
  const missing = capabilities.filter((capability) => !capability.works);
  const elsewhere = connectedTo !== null && connectedTo !== sameInstance ? connectedTo : null;
  return (
    <section className={classes.organization} aria-label={organization.name}>
      <div className={classes.head}>
        <strong>{organization.name}</strong>
        {problem !== null || elsewhere !== null ? (
          <Tag tone="bad">Cannot be connected</Tag>
        ) : missing.length > 0 ? (
          <Tag tone="warning">Works in part</Tag>
        ) : (
          <Tag tone="good">Ready</Tag>
        )}
      </div>
      {account === null ? null : (
        <p className={classes.account}>
          Signed in as <strong>{account.name}</strong>
          {account.mail === null ? "" : ` (${account.mail})`}
        </p>
      )}
      {elsewhere === null ? null : <p>It is connected already, by the instance {elsewhere}.</p>}
      {problem === null ? null : <p>{problem}</p>}
      {capabilities.length === 0 ? null : (
        <ul className={classes.capabilities}>
          {capabilities.map((capability) => (
            <li key={capability.name} data-missing={!capability.works || undefined}>
              {capability.works ? (
                <IconCheck size={15} aria-label="Works:" />
              ) : (
                <IconX size={15} aria-label="Does not work:" />
              )}
              {capability.message}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

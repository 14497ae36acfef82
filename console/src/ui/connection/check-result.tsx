/** What the check of a sign-in found: per organization who it is and what it may do. Missing rights are said, not punished. */
import { Alert } from "@mantine/core";
import type { CheckedOrganization, Connection } from "#api/connections/contract.ts";
import { Notice } from "../notice.tsx";
import { Remaining } from "../remaining.tsx";
import { Tag } from "../tag.tsx";
import { CapabilityMatrix } from "./capability-matrix.tsx";
import classes from "./connection.module.css";
import { draftOf, isReady } from "./ready-in.ts";
import { methodLabels } from "./words-of-rights.ts";

interface Properties {
  readonly connection: Connection;
  /** Its own organizations are connected already, and rightly so. */
  readonly sameInstance?: string;
}

export function CheckResult({ connection, sameInstance }: Properties) {
  return (
    <div className={classes.result} role="status">
      {draftOf(connection, sameInstance) === undefined ? (
        <Alert color="red" variant="light" title="No organization can be connected with this">
          The reasons stand below. Correct the names or the sign-in and check again.
        </Alert>
      ) : null}
      {connection.warnings.map((warning) => (
        <Notice key={warning}>{warning}</Notice>
      ))}
      {connection.organizations.map((organization) => (
        <Organization key={organization.name} organization={organization} sameInstance={sameInstance} />
      ))}
    </div>
  );
}

/** Whether some feature will not work, or not in every part. */
export function lacksRights(organizations: readonly CheckedOrganization[]): boolean {
  return organizations.some(({ credentials: [best] }) =>
    best?.preflight.features.some(
      ({ works, missing }) => works === "no" || (works === "in-part" && missing.length > 0),
    ),
  );
}

interface OrganizationProperties {
  readonly organization: CheckedOrganization;
  readonly sameInstance: string | undefined;
}

function Organization({ organization, sameInstance }: OrganizationProperties) {
  const { problem, credentials } = organization;
  const ready = isReady(organization, sameInstance);
  return (
    <section className={classes.organization} aria-label={organization.name}>
      <div className={classes.head}>
        <strong>{organization.name}</strong>
        {!ready ? (
          <Tag tone="bad">Cannot be connected</Tag>
        ) : lacksRights([organization]) ? (
          <Tag tone="warning">Works in part</Tag>
        ) : (
          <Tag tone="good">Ready</Tag>
        )}
      </div>
      {ready || problem === null ? null : <p>{problem}</p>}
      {credentials.map((credential, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the order is the rank, and nothing else tells two tokens apart
        <div key={index} className={classes.credential}>
          <p className={classes.account}>
            {index === 0 ? "Signed in as" : "Then, if that fails, as"} <strong>{credential.account}</strong>
            {` · ${methodLabels[credential.method]}${credential.allOrganizations ? " of all organizations" : ""} `}
            {credential.expires === null ? null : <Remaining until={credential.expires} />}
          </p>
          <CapabilityMatrix preflight={credential.preflight} label={`${credential.account} in ${organization.name}`} />
        </div>
      ))}
    </section>
  );
}

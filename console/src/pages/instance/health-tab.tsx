/** Whether the instance works: its reasons, the proof of coverage, its organizations, and what happened lately. */

import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { InstanceDetail } from "#api/instances/contract.ts";
import { ask } from "../../api.ts";
import { sayCount } from "../../ui/amounts.ts";
import { Columns, PanelStack } from "../../ui/columns.tsx";
import { switchLabels } from "../../ui/connection/words-of-rights.ts";
import { Fact, Facts } from "../../ui/facts.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Panel } from "../../ui/panel.tsx";
import { Listing } from "../../ui/table/listing.tsx";
import { takesLabels } from "../../ui/words.ts";
import { SignedInAs } from "../integrations/signed-in-as.tsx";
import { DeliveryMode } from "./delivery-mode.tsx";
import classes from "./instance.module.css";
import { Proof } from "./proof.tsx";
import { Reasons } from "./reasons.tsx";
import { RecentEvents } from "./recent-events.tsx";

interface Properties {
  readonly instance: InstanceDetail;
  readonly administers: boolean;
}

export function HealthTab({ instance, administers }: Properties) {
  const health = useQuery(ask.instanceHealth(instance.id));
  return (
    <Columns>
      <PanelStack>
        <Panel title="Status" flush={instance.reasons.length > 0}>
          {instance.reasons.length > 0 ? (
            <Reasons instance={instance} administers={administers} />
          ) : (
            <Calm instance={instance} />
          )}
        </Panel>
        <Panel title="Scan coverage">
          <Proof heads={instance.heads} repositories={instance.repositories.chosen} />
        </Panel>
        <Panel title="What happened lately" flush>
          <Listing query={health} isEmpty={() => false} empty={null}>
            {(answer) => <RecentEvents events={answer.events} />}
          </Listing>
        </Panel>
      </PanelStack>
      <PanelStack>
        <Panel title="About">
          <About instance={instance} />
        </Panel>
        {health.data === undefined ? null : (
          <Panel title="How news arrives">
            <DeliveryMode delivery={health.data.delivery} hooks={instance.hooks} />
          </Panel>
        )}
      </PanelStack>
    </Columns>
  );
}

function Calm({ instance }: { readonly instance: InstanceDetail }) {
  if (instance.pausedAt !== null) {
    return (
      <p style={{ margin: 0 }}>
        Paused by {instance.pausedBy ?? "somebody"} <Moment at={instance.pausedAt} />. Nothing is scanned, posted or
        asked; what arrives is kept and caught up when it is resumed.
      </p>
    );
  }
  return <p style={{ margin: 0 }}>{sayCalm(instance)}</p>;
}

function sayCalm({ state, repositories: { chosen, total } }: InstanceDetail): string {
  if (state === "connecting") return "Sallyport is listing repositories and making its hooks.";
  if (total === 0) {
    return "The connection works, and nothing is watched yet: it has no repository that its account may read. One that is created is found by itself; if there are some already, look at the rights of the account.";
  }
  if (chosen === 0) {
    return "The connection works, and nothing is watched yet: no repository is chosen. Choose some under Repositories.";
  }
  return "Everything that is switched on works.";
}

function About({ instance }: { readonly instance: InstanceDetail }) {
  const on = (Object.keys(switchLabels) as (keyof typeof switchLabels)[]).filter((name) => instance.features[name]);
  return (
    <Facts>
      <Fact name="Organizations">
        {instance.organizations.map((organization) => (
          <div key={organization.id}>
            {organization.name}
            <div className={classes.quiet}>
              {organization.syncedAt === null ? (
                "not synchronized yet"
              ) : (
                <>
                  synchronized <Moment at={organization.syncedAt} />
                </>
              )}
            </div>
          </div>
        ))}
      </Fact>
      <Fact name="Signed in as">
        <SignedInAs instance={instance} />
      </Fact>
      <Fact name="Repositories">
        {sayCount(instance.repositories.chosen)} of {sayCount(instance.repositories.total)} scanned
        <div className={classes.quiet}>{takesLabels[instance.takes]}</div>
      </Fact>
      <Fact name="Open issues">
        <Link to="/issues" search={{ instanceId: instance.id }} className={classes.plain}>
          {sayCount(instance.issues)}
        </Link>
      </Fact>
      <Fact name="Features">
        {on.length === 0 ? "Scans only" : on.map((name) => switchLabels[name].label).join(", ")}
      </Fact>
      <Fact name="Created">
        <Moment at={instance.createdAt} />
      </Fact>
    </Facts>
  );
}

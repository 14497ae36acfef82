/** In how many days problems are to be solved, by severity. */
import { Button, Group, NumberInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { SlaBody, SlaDays } from "#api/urgency/contract.ts";
import { ask, tell } from "../../api.ts";
import { Moment } from "../../ui/moment.tsx";
import { Panel } from "../../ui/panel.tsx";
import { sayDone, sayFailed } from "../../ui/say.ts";
import { severityLabels } from "../../ui/severity.tsx";
import { Listing } from "../../ui/table/listing.tsx";
import { useIsAdministrator } from "../../ui/use-is-administrator.ts";
import classes from "./urgency.module.css";

export function DaysPanel({ instanceId }: { readonly instanceId: string }) {
  const query = useQuery(ask.sla(instanceId));
  return (
    <Panel title="Days to solve a problem">
      <Listing query={query} isEmpty={() => false} empty={null}>
        {(days) => <DaysForm key={days.changedAt ?? ""} instanceId={instanceId} days={days} />}
      </Listing>
    </Panel>
  );
}

interface Properties {
  readonly instanceId: string;
  readonly days: SlaDays;
}

const fields = ["critical", "high", "medium", "low", "grace"] as const;

function DaysForm({ instanceId, days: { changedBy, changedAt, ...kept } }: Properties) {
  const client = useQueryClient();
  const administers = useIsAdministrator();
  const [days, setDays] = useState<SlaBody>(kept);
  const save = useMutation({
    mutationFn: () => tell.setSla(instanceId, days),
    onSuccess: (answer) => {
      client.setQueryData(ask.sla(instanceId).queryKey, answer);
      sayDone("The days are kept. Due dates follow within minutes.");
    },
    onError: (error) => sayFailed("The days were not kept", error),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <form onSubmit={submit} className={classes.weights}>
      <div className={classes.days}>
        {fields.map((field) => (
          <NumberInput
            key={field}
            label={field === "grace" ? "Backlog, on top" : severityLabels[field]}
            min={field === "grace" ? 0 : 1}
            max={3650}
            allowDecimal={false}
            clampBehavior="strict"
            readOnly={!administers}
            value={days[field]}
            onChange={(value) => {
              if (typeof value === "number") setDays({ ...days, [field]: value });
            }}
          />
        ))}
      </div>
      <Group justify="space-between">
        <span className={classes.quiet}>
          {changedBy === null || changedAt === null ? (
            "Nobody changed them yet"
          ) : (
            <>
              Changed by {changedBy}, <Moment at={changedAt} />
            </>
          )}
        </span>
        {administers ? (
          <Button
            type="submit"
            disabled={fields.every((field) => days[field] === kept[field])}
            loading={save.isPending}
          >
            Save
          </Button>
        ) : null}
      </Group>
    </form>
  );
}

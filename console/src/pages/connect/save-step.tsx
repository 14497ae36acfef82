/** Third step: what will be done, under which name. */

import { Alert, Button, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { Connection } from "#api/connections/contract.ts";
import type { TakesBody } from "#api/instances/contract.ts";
import type { FeaturesBody } from "#api/shapes/takes.ts";
import { ask, tell } from "../../api.ts";
import { countOf } from "../../ui/amounts.ts";
import { PanelStack } from "../../ui/columns.tsx";
import { FeatureSwitches } from "../../ui/connection/feature-switches.tsx";
import { isReady } from "../../ui/connection/ready-in.ts";
import { warningsOf } from "../../ui/connection/warnings-of.ts";
import { Fact, Facts } from "../../ui/facts.tsx";
import { wordsOf } from "../../ui/failure.tsx";
import { Panel } from "../../ui/panel.tsx";
import { takesLabels } from "../../ui/words.ts";
import classes from "./connect.module.css";

interface Properties {
  readonly draft: string;
  readonly connection: Connection;
  readonly takes: TakesBody;
  readonly features: FeaturesBody;
  readonly onFeatures: (features: FeaturesBody) => void;
  readonly onBack: () => void;
  readonly onDone: (instanceId: string) => void;
}

export function SaveStep({ draft, connection, takes, features, onFeatures, onBack, onDone }: Properties) {
  const client = useQueryClient();
  const ready = connection.organizations.filter((organization) => isReady(organization));
  const names = ready.map((organization) => organization.name).join(", ");
  const [name, setName] = useState(names.slice(0, 200));
  const accounts = new Set(ready.map((organization) => organization.account ?? ""));
  const preview = useQuery(ask.preview({ is: "connections", id: draft }, takes));
  const save = useMutation({
    mutationFn: () => tell.createInstance({ draft, name: name.trim(), takes, features }),
    onSuccess: async ({ id }) => {
      onDone(id);
      await client.invalidateQueries({ queryKey: ["instances"] });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  const now = preview.data === undefined ? "" : `: ${countOf(preview.data.taken, "repository", "repositories")} now`;
  return (
    <form onSubmit={submit}>
      <PanelStack alone>
        <Panel title="Review and save">
          <TextInput
            label="Name"
            description="How the instance is called in Sallyport"
            value={name}
            maxLength={200}
            onChange={(event) => setName(event.currentTarget.value)}
            mb="lg"
            style={{ maxWidth: 420 }}
          />
          <Facts>
            <Fact name="Organizations">{names}</Fact>
            <Fact name="Signed in as">{[...accounts].join(", ")}</Fact>
            <Fact name="Repositories">
              {takesLabels[takes.is]}
              {now}
            </Fact>
            <Fact name="Then">
              Sallyport creates service hooks in every project concerned, one secret each, and scans the default branch
              of every chosen repository.
            </Fact>
          </Facts>
        </Panel>
        <Panel title="What it does besides scanning">
          <FeatureSwitches
            features={features}
            warnings={warningsOf(ready.map((organization) => organization.credentials[0]?.preflight ?? null))}
            onChange={onFeatures}
          />
          {save.error === null ? null : (
            <Alert color="red" variant="light" mt="md" role="alert" title={wordsOf(save.error).title}>
              {wordsOf(save.error).detail}
            </Alert>
          )}
          <div className={classes.buttons}>
            <Button variant="default" onClick={onBack}>
              Back
            </Button>
            <Button type="submit" loading={save.isPending} disabled={name.trim() === ""}>
              Save and connect
            </Button>
          </div>
        </Panel>
      </PanelStack>
    </form>
  );
}

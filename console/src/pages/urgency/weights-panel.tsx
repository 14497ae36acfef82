/** The weights as text, with its mistakes and what it would do to the most urgent issues before anybody saves it. */
import { Button, Group, Textarea } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { UrgencySettings } from "#api/urgency/contract.ts";
import { ask, tell } from "../../api.ts";
import { RequestError } from "../../request.ts";
import { saysWhy } from "../../ui/failure.tsx";
import { Fold } from "../../ui/fold.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Panel } from "../../ui/panel.tsx";
import { sayDone } from "../../ui/say.ts";
import { Listing } from "../../ui/table/listing.tsx";
import { useIsAdministrator } from "../../ui/use-is-administrator.ts";
import classes from "./urgency.module.css";
import { WeightsPreview } from "./weights-preview.tsx";

export function WeightsPanel({ instanceId }: { readonly instanceId: string }) {
  const query = useQuery(ask.urgencySettings(instanceId));
  return (
    <Panel title="Weights">
      <Listing query={query} isEmpty={() => false} empty={null}>
        {(settings) => <Weights instanceId={instanceId} settings={settings} />}
      </Listing>
    </Panel>
  );
}

interface Properties {
  readonly instanceId: string;
  readonly settings: UrgencySettings;
}

function Weights({ instanceId, settings }: Properties) {
  const client = useQueryClient();
  const administers = useIsAdministrator();
  const [text, setText] = useState(settings.text);
  const preview = useMutation({ mutationFn: () => tell.previewUrgency(instanceId, text) });
  const save = useMutation({
    mutationFn: () => tell.setUrgencySettings(instanceId, text),
    onSuccess: (answer) => {
      client.setQueryData(ask.urgencySettings(instanceId).queryKey, answer);
      preview.reset();
      sayDone("The weights are kept. Issues follow within minutes.");
    },
  });
  const error = save.error ?? preview.error;
  const change = (next: string) => {
    setText(next);
    save.reset();
    preview.reset();
  };
  return (
    <div className={classes.weights}>
      <p className={classes.quiet}>
        What is not given is as usual. Anybody may try other weights; administrators save them.
      </p>
      <Textarea
        aria-label="Weights, as YAML"
        classNames={{ input: classes.text ?? "" }}
        autosize
        minRows={8}
        maxRows={24}
        maxLength={100_000}
        spellCheck={false}
        placeholder={"weights:\n  secret-live: 40"}
        value={text}
        error={error === null ? undefined : <Mistakes error={error} />}
        onChange={(event) => change(event.currentTarget.value)}
      />
      <Group justify="space-between">
        <span className={classes.quiet}>
          {settings.changedBy === null || settings.changedAt === null ? (
            "Nobody changed them yet"
          ) : (
            <>
              Changed by {settings.changedBy}, <Moment at={settings.changedAt} />
            </>
          )}
        </span>
        <Group gap={8}>
          <Button variant="default" loading={preview.isPending} onClick={() => preview.mutate()}>
            What would it do?
          </Button>
          {administers ? (
            <Button disabled={text === settings.text} loading={save.isPending} onClick={() => save.mutate()}>
              Save
            </Button>
          ) : null}
        </Group>
      </Group>
      {preview.data === undefined ? null : <WeightsPreview preview={preview.data} />}
      <Fold summary="The words of this text">
        <pre className={classes.example}>{example}</pre>
        <p className={classes.quiet}>
          Weights are 0 to 100; only their proportions count, and 0 leaves a signal out. A signal that is missing counts
          as what <code>notKnown</code> says of it, and never as safe.
        </p>
      </Fold>
    </div>
  );
}

/** Each with its line, where the server names one. */
function Mistakes({ error }: { readonly error: Error }) {
  const mistakes = error instanceof RequestError ? error.mistakes : [];
  if (mistakes.length === 0) return saysWhy(error);
  return (
    <span className={classes.mistakes}>
      {mistakes
        .toSorted((one, other) => lineOf(one) - lineOf(other))
        .map((mistake) => (
          <span key={mistake}>{mistake}</span>
        ))}
    </span>
  );
}

function lineOf(mistake: string): number {
  return Number(/^Line (\d+)/.exec(mistake)?.[1] ?? 0);
}

const example = `weights:
  severity: 35
  exploit-likelihood: 15
  known-exploited: 15
  reachability: 10
  fix-available: 5
  secret-live: 25
  in-head: 10
  exposure: 12
  production: 10
  package-risk: 10
  attack-path: 5
  age: 4
  overdue: 6
notKnown:
  production: 0.8
production:
  - repositories: ["Shop/*"]
    branches: [main, "release/*"]
  - tags: [production]
notProduction:
  - repositories: ["**/sandbox-*"]`;

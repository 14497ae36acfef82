/** How an instance wants its fixes: how many at once, how grouped, who may ask, who is asked to review. */
import { Button, NumberInput, Radio, Stack, Switch } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { FixSettingsAnswer, FixSettingsBody } from "#api/fixes/contract.ts";
import type { InstanceDetail } from "#api/instances/contract.ts";
import { ask, tell } from "../../api.ts";
import { RequestError } from "../../request.ts";
import { KeptForm } from "../../ui/kept-form.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Panel } from "../../ui/panel.tsx";
import { sayDone, sayFailed } from "../../ui/say.ts";
import { Listing } from "../../ui/table/listing.tsx";
import classes from "./fix.module.css";
import { ReviewersField } from "./reviewers-field.tsx";

export function FixSettingsPanel({ instance }: { readonly instance: InstanceDetail }) {
  const query = useQuery(ask.fixSettings(instance.id));
  return (
    <Panel title="How fixes are made">
      <Listing query={query} isEmpty={() => false} empty={null}>
        {(saved) => <KeptForm saved={saved}>{(settings) => <Form instance={instance} settings={settings} />}</KeptForm>}
      </Listing>
    </Panel>
  );
}

const groupings = [
  { value: "root-cause", label: "One for each root cause", description: "One package, or one rule in one file" },
  { value: "ecosystem", label: "One for each ecosystem", description: "All npm packages of a repository together" },
  { value: "scanner", label: "One for each category", description: "The largest pull requests, and the fewest" },
] as const;

interface Properties {
  readonly instance: InstanceDetail;
  readonly settings: FixSettingsAnswer;
}

function Form({ instance, settings: { changedBy, changedAt, ...saved } }: Properties) {
  const [settings, setSettings] = useState<FixSettingsBody>(saved);
  const save = useSave(instance.id);
  const set = (change: Partial<FixSettingsBody>) => setSettings({ ...settings, ...change });
  const fields = save.error instanceof RequestError ? save.error.fields : new Map<string, string>();
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(settings);
      }}
    >
      <Stack gap="lg">
        {instance.features.fix ? null : (
          <Notice>Fixes are switched off above, under what the instance does besides scanning: none is made.</Notice>
        )}
        <NumberInput
          label="Open pull requests of fixes in one repository"
          description="At most; others wait until one of them is over"
          w={320}
          min={1}
          max={100}
          allowDecimal={false}
          value={settings.openLimit}
          error={fields.get("openLimit")}
          onChange={(value) => set({ openLimit: Number(value) })}
        />
        <Radio.Group
          label="Pull requests"
          value={settings.grouping}
          onChange={(value) => set({ grouping: value as FixSettingsBody["grouping"] })}
        >
          <Stack gap={10} mt={6}>
            {groupings.map((one) => (
              <Radio key={one.value} {...one} />
            ))}
          </Stack>
        </Radio.Group>
        <Switch
          label="Policies may ask for fixes"
          description="Off: only people ask, here or by a reply in a pull request"
          checked={settings.automatic}
          onChange={(event) => set({ automatic: event.currentTarget.checked })}
        />
        <Switch
          label="Open them as drafts"
          checked={settings.drafts}
          onChange={(event) => set({ drafts: event.currentTarget.checked })}
        />
        <ReviewersField
          instanceId={instance.id}
          reviewers={settings.reviewers}
          error={fields.get("reviewers") ?? [...fields].find(([name]) => name.startsWith("reviewers/"))?.[1]}
          onChange={(reviewers) => set({ reviewers })}
        />
      </Stack>
      <Button type="submit" mt="lg" loading={save.isPending} disabled={isSame(settings, saved)}>
        Save how fixes are made
      </Button>
      {changedBy === null || changedAt === null ? null : (
        <p className={classes.changed}>
          Changed by {changedBy}, <Moment at={changedAt} />
        </p>
      )}
    </form>
  );
}

function useSave(instance: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: FixSettingsBody) => tell.setFixSettings(instance, body),
    onSuccess: (answer) => {
      client.setQueryData(ask.fixSettings(instance).queryKey, answer);
      sayDone("The settings are saved; fixes from now on follow them.");
    },
    onError: (error) => sayFailed("The settings were not saved", error),
  });
}

function isSame(one: FixSettingsBody, other: FixSettingsBody): boolean {
  return (
    one.openLimit === other.openLimit &&
    one.grouping === other.grouping &&
    one.automatic === other.automatic &&
    one.drafts === other.drafts &&
    one.reviewers.join() === other.reviewers.join()
  );
}

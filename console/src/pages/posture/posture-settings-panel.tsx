/** By which measure an instance looks at the settings of its organizations, and whether it does. */
import { Button, Group, NumberInput, Stack, Switch, TagsInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { PostureSettingsAnswer, PostureSettingsBody } from "#api/posture/contract.ts";
import { ask, tell } from "../../api.ts";
import { RequestError } from "../../request.ts";
import { Fold } from "../../ui/fold.tsx";
import { KeptForm } from "../../ui/kept-form.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Panel } from "../../ui/panel.tsx";
import { sayDone, sayFailed } from "../../ui/say.ts";
import { Listing } from "../../ui/table/listing.tsx";
import classes from "./posture.module.css";

export function PostureSettingsPanel({ instanceId }: { readonly instanceId: string }) {
  const query = useQuery(ask.postureSettings(instanceId));
  return (
    <Panel title="Posture of the organization">
      <Listing query={query} isEmpty={() => false} empty={null}>
        {(saved) => <KeptForm saved={saved}>{(answer) => <Form instanceId={instanceId} answer={answer} />}</KeptForm>}
      </Listing>
    </Panel>
  );
}

type Measures = PostureSettingsBody["settings"];
type Of<Kind> = { [Name in keyof Measures]: Measures[Name] extends Kind ? Name : never }[keyof Measures];

const numbers: readonly { readonly name: Of<number>; readonly label: string; readonly description: string }[] = [
  { name: "staleAfter", label: "People are stale after", description: "Days without a visit" },
  { name: "idleAfter", label: "Pipelines and connections are idle after", description: "Days without a run" },
  { name: "longestToken", label: "A personal access token may live", description: "Days at most" },
  { name: "mostAdministrators", label: "Administrators", description: "At most, of the organization or a project" },
  { name: "broadFrom", label: "A group is as good as everybody from", description: "So many people" },
];

const lists: readonly { readonly name: Of<string[]>; readonly label: string; readonly description: string }[] = [
  {
    name: "productionWords",
    label: "Words for production",
    description: "In names of environments, connections, groups",
  },
  { name: "releaseBranches", label: "Branches held like the default one", description: "With *: refs/heads/release/*" },
  { name: "trustedPublishers", label: "Trusted publishers", description: "Their extensions may hold wide rights" },
  {
    name: "trustedOwners",
    label: "Trusted owners of templates",
    description: "Organizations outside whose templates may be used",
  },
  { name: "trustedHosts", label: "Trusted hosts", description: "Service hooks may call them" },
  { name: "breakGlass", label: "For emergencies", description: "People and groups who may pass policies by" },
];

interface Properties {
  readonly instanceId: string;
  readonly answer: PostureSettingsAnswer;
}

function Form({ instanceId, answer }: Properties) {
  const { changedBy, changedAt, usual, ...saved } = answer;
  const [body, setBody] = useState<PostureSettingsBody>(saved);
  const save = useSave(instanceId);
  const set = (settings: Partial<Measures>) => setBody({ ...body, settings: { ...body.settings, ...settings } });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(body);
      }}
    >
      <Stack gap="lg">
        <Switches body={body} onChange={setBody} />
        <Fold summary="By which measure">
          <Fields
            settings={body.settings}
            errors={save.error instanceof RequestError ? save.error.fields : new Map()}
            onChange={set}
          />
        </Fold>
      </Stack>
      <Group mt="lg" gap={8}>
        <Button type="submit" loading={save.isPending} disabled={isSame(body, saved)}>
          Save how settings are looked at
        </Button>
        {isSame(body.settings, usual) ? null : (
          <Button variant="subtle" color="gray" onClick={() => set(usual)}>
            The usual measure
          </Button>
        )}
      </Group>
      {changedBy === null || changedAt === null ? null : (
        <p className={classes.changed}>
          Changed by {changedBy}, <Moment at={changedAt} />
        </p>
      )}
    </form>
  );
}

interface SwitchesProperties {
  readonly body: PostureSettingsBody;
  readonly onChange: (body: PostureSettingsBody) => void;
}

function Switches({ body, onChange }: SwitchesProperties) {
  return (
    <>
      <Switch
        label="Look at settings, pipelines and people"
        description="Every few hours, and when something changes; nothing is changed in Azure DevOps"
        checked={body.enabled}
        onChange={({ currentTarget: { checked } }) => onChange({ ...body, enabled: checked })}
      />
      <Switch
        label="Use calls that nobody documents"
        description="Some settings of the organization are only told to the pages of Azure DevOps itself, by calls that Microsoft may change any day. They only read. Off: the rules that need them stay unanswered."
        disabled={!body.enabled}
        checked={body.usesPortal}
        onChange={({ currentTarget: { checked } }) => onChange({ ...body, usesPortal: checked })}
      />
      {body.enabled ? null : (
        <Notice>What was found stays as it is and is not looked at again until this is switched on.</Notice>
      )}
    </>
  );
}

interface FieldsProperties {
  readonly settings: Measures;
  readonly errors: ReadonlyMap<string, string>;
  readonly onChange: (change: Partial<Measures>) => void;
}

function Fields({ settings, errors, onChange }: FieldsProperties) {
  return (
    <Stack gap="md">
      <div className={classes.fields}>
        {numbers.map(({ name, label, description }) => (
          <NumberInput
            key={name}
            {...{ label, description }}
            min={1}
            allowDecimal={false}
            value={settings[name]}
            error={errors.get(`settings/${name}`)}
            onChange={(value) => onChange({ [name]: Number(value) })}
          />
        ))}
      </div>
      {lists.map(({ name, label, description }) => (
        <TagsInput
          key={name}
          {...{ label, description }}
          maxTags={200}
          value={settings[name]}
          error={errors.get(`settings/${name}`)}
          onChange={(value) => onChange({ [name]: value })}
        />
      ))}
    </Stack>
  );
}

function useSave(instanceId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: PostureSettingsBody) => tell.setPostureSettings(instanceId, body),
    onSuccess: (answer) => {
      client.setQueryData(ask.postureSettings(instanceId).queryKey, answer);
      void client.invalidateQueries({ queryKey: ask.postureOrganizations().queryKey });
      sayDone("It is kept; the organizations are looked at again soon.");
    },
    onError: (error) => sayFailed("It was not kept", error),
  });
}

function isSame(one: object, other: object): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** The form of the settings of work items. Nothing is saved before the project's process has said that it takes them. */
import { Button, Group, NumberInput, Radio, Select, Stack, Switch } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { OfferedProcessAnswer, WorkItemSettingsAnswer, WorkItemSettingsBody } from "#api/work-items/contract.ts";
import { ask, tell } from "../../api.ts";
import { saysWhy } from "../../ui/failure.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Notice } from "../../ui/notice.tsx";
import { sayDone, sayFailed } from "../../ui/say.ts";
import { FieldValues } from "./field-values.tsx";
import { type SettingsChange, settingsToSend } from "./settings-to-send.ts";
import { SeverityValues } from "./severity-values.tsx";
import { WorkItemPlace } from "./work-item-place.tsx";
import classes from "./work-item-settings.module.css";

interface Properties {
  readonly instanceId: string;
  /** Absent: of the whole instance. */
  readonly projectId: string | undefined;
  readonly projects: readonly { readonly value: string; readonly label: string }[];
  readonly settings: WorkItemSettingsAnswer;
  readonly administers: boolean;
}

const groupings = [
  { value: "root-cause", label: "One for each root cause", description: "A package, or a rule, in one repository" },
  { value: "issue", label: "One for each issue", description: "Until there are too many" },
  { value: "policy", label: "One for each policy", description: "All that it asks for in one repository" },
] as const;

export function WorkItemSettings(properties: Properties) {
  const { instanceId, projectId, projects, administers } = properties;
  const { changedBy, changedAt, isOfProject, ...saved } = properties.settings;
  const [draft, setDraft] = useState<WorkItemSettingsBody>(saved);
  // What an instance wants is tried with one of its projects.
  const [tried, setTried] = useState<string>();
  const project = projectId ?? tried ?? projects[0]?.value;
  const process = useQuery({
    ...ask.workItemProcess(instanceId, project ?? "", draft.type),
    enabled: administers && project !== undefined,
  });
  const orders = useOrders(properties, project);
  const set = (change: SettingsChange) => {
    setDraft({ ...draft, ...change } as WorkItemSettingsBody);
    orders.forget();
  };
  const isNews =
    (projectId !== undefined && !isOfProject) ||
    JSON.stringify(settingsToSend(draft)) !== JSON.stringify(settingsToSend(saved));
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        orders.checkAndSave({ body: settingsToSend(draft), isNews });
      }}
    >
      <fieldset disabled={!administers} className={classes.fields}>
        {projectId === undefined || isOfProject ? null : (
          <p className={classes.quiet}>This project goes with its instance. Saving gives it settings of its own.</p>
        )}
        <Asking draft={draft} onChange={set} />
        {administers ? (
          <InBoards
            {...{ projects, project, projectId, draft, process: process.data, problems: orders.problems }}
            error={process.error}
            onProject={setTried}
            onChange={set}
          />
        ) : null}
      </fieldset>
      {orders.problems.length === 0 ? null : <Problems problems={orders.problems} />}
      {administers ? (
        <Group gap={8} mt="lg">
          <Button type="submit" loading={orders.isBusy} disabled={project === undefined}>
            {isNews ? "Check and save" : "Check"}
          </Button>
          {orders.problems.length === 0 ? null : (
            <Button variant="default" onClick={() => orders.save(settingsToSend(draft))}>
              Save all the same
            </Button>
          )}
          {projectId !== undefined && isOfProject ? (
            <Button variant="default" onClick={orders.leave}>
              Go with the instance again
            </Button>
          ) : null}
        </Group>
      ) : (
        <p className={classes.quiet}>Administrators of Sallyport can change this.</p>
      )}
      {changedBy === null || changedAt === null ? null : (
        <p className={classes.quiet}>
          Changed by {changedBy}, <Moment at={changedAt} />
        </p>
      )}
    </form>
  );
}

function Asking({
  draft,
  onChange,
}: {
  readonly draft: WorkItemSettingsBody;
  readonly onChange: (change: SettingsChange) => void;
}) {
  return (
    <Stack gap="lg">
      <Switch
        label="Policies may ask for work items"
        description="Off: only people ask, at an issue"
        checked={draft.automatic}
        onChange={(event) => onChange({ automatic: event.currentTarget.checked })}
      />
      <Radio.Group
        label="How many"
        value={draft.grouping}
        onChange={(value) => onChange({ grouping: value as WorkItemSettingsBody["grouping"] })}
      >
        <Stack gap={10} mt={6}>
          {groupings.map((one) => (
            <Radio key={one.value} {...one} />
          ))}
        </Stack>
      </Radio.Group>
      <NumberInput
        label="Open ones of a policy in one repository"
        description="At most; with more, one work item takes them all"
        w={320}
        min={1}
        max={200}
        allowDecimal={false}
        value={draft.most}
        onChange={(value) => onChange({ most: Number(value) })}
      />
    </Stack>
  );
}

interface InBoardsProperties {
  readonly projects: Properties["projects"];
  /** Whose process is shown. */
  readonly project: string | undefined;
  readonly projectId: string | undefined;
  readonly draft: WorkItemSettingsBody;
  readonly process: OfferedProcessAnswer | undefined;
  readonly error: Error | null;
  readonly problems: readonly string[];
  readonly onProject: (projectId: string) => void;
  readonly onChange: (change: SettingsChange) => void;
}

function InBoards(properties: InBoardsProperties) {
  const { projects, project, projectId, draft, process, error, problems, onProject, onChange } = properties;
  return (
    <section className={classes.boards} aria-label="In Boards">
      <h3>In Boards</h3>
      {projectId === undefined ? (
        <Select
          label="As in project"
          description="Its process says what there is to choose, and is asked before anything is saved"
          maw={420}
          allowDeselect={false}
          value={project ?? null}
          data={[...projects]}
          onChange={(value) => {
            if (value !== null) onProject(value);
          }}
        />
      ) : null}
      {error === null ? null : <Notice title="The project’s process cannot be read">{saysWhy(error)}</Notice>}
      {process === undefined ? null : (
        <>
          <WorkItemPlace draft={draft} process={process} onChange={onChange} />
          <FieldValues
            fields={process.fields}
            values={draft.fields}
            problems={problems}
            onChange={(fields) => onChange({ fields })}
          />
          <SeverityValues
            fields={process.fields}
            severities={draft.severities}
            onChange={(severities) => onChange({ severities })}
          />
        </>
      )}
    </section>
  );
}

function Problems({ problems }: { readonly problems: readonly string[] }) {
  return (
    <div className={classes.problems} role="alert">
      <Notice title="Boards would not take them. Nothing is saved.">
        <ul>
          {problems.map((problem) => (
            <li key={problem}>{problem}</li>
          ))}
        </ul>
      </Notice>
    </div>
  );
}

function useOrders({ instanceId, projectId }: Properties, project: string | undefined) {
  const client = useQueryClient();
  const [problems, setProblems] = useState<readonly string[]>([]);
  const onError = (error: Error) => sayFailed("The settings were not saved", error);
  const onSettled = () => client.invalidateQueries({ queryKey: ["instances", instanceId, "work-item-settings"] });
  const save = useMutation({
    mutationFn: (body: WorkItemSettingsBody) => tell.setWorkItemSettings(instanceId, projectId, body),
    onSuccess: () => sayDone("The settings are saved; work items that were refused are tried again."),
    onError,
    onSettled,
  });
  const check = useMutation({
    mutationFn: async ({ body, isNews }: { readonly body: WorkItemSettingsBody; readonly isNews: boolean }) => {
      const found = project === undefined ? [] : (await tell.checkWorkItemSettings(instanceId, project, body)).problems;
      setProblems(found);
      if (found.length > 0) return;
      if (isNews) await save.mutateAsync(body);
      else sayDone("Boards takes work items as these settings want them.");
    },
    onError,
  });
  const leave = useMutation({
    mutationFn: () => tell.leaveWorkItemSettings(instanceId, projectId),
    onSuccess: () => sayDone("The project goes with its instance again."),
    onError,
    onSettled,
  });
  return {
    problems,
    forget: () => setProblems([]),
    checkAndSave: check.mutate,
    save: save.mutate,
    leave: () => leave.mutate(),
    isBusy: check.isPending || save.isPending,
  };
}

/** Whether a rule is on and how it grades, in each connected instance; only administrators may change it. */
import { NativeSelect, Switch } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { RuleDetail, RuleSettingBody } from "#api/rules/contract.ts";
import type { Severity } from "#model/severity.ts";
import { ask, tell } from "../../api.ts";
import { severityWords } from "../../search-filters.ts";
import { Moment } from "../../ui/moment.tsx";
import { sayDone, sayFailed } from "../../ui/say.ts";
import { severityLabels } from "../../ui/severity.tsx";
import { useIsAdministrator } from "../../ui/use-is-administrator.ts";
import classes from "./rules.module.css";

type Setting = RuleDetail["settings"][number];

export function RuleSettings({ rule }: { readonly rule: RuleDetail }) {
  const { data } = useQuery(ask.instances());
  const mayChange = useIsAdministrator();
  if (data === undefined) return null;
  if (data.rows.length === 0) return <p className={classes.quiet}>Nothing is connected yet.</p>;
  return (
    <>
      <p className={classes.quiet}>
        Switched off, it closes its open issues and no longer holds pull requests up. Scans go on looking: switched on
        again, what is still there comes back at once.
      </p>
      <ul className={classes.settings}>
        {data.rows.map(({ id, name }) => (
          <InstanceSetting
            key={id}
            rule={rule}
            instance={{ id, name }}
            setting={rule.settings.find(({ instanceId }) => instanceId === id)}
            mayChange={mayChange}
          />
        ))}
      </ul>
      {mayChange ? null : <p className={classes.quiet}>Administrators of Sallyport can change this.</p>}
    </>
  );
}

interface Properties {
  readonly rule: RuleDetail;
  readonly instance: { readonly id: string; readonly name: string };
  readonly setting: Setting | undefined;
  readonly mayChange: boolean;
}

function InstanceSetting({ rule, instance, setting, mayChange }: Properties) {
  const change = useChange(rule, instance);
  const { enabled, severity } =
    change.variables !== undefined && change.isPending ? change.variables : settingOr(setting);
  const own = `Its own (${severityLabels[rule.severity].toLowerCase()})`;
  return (
    <li className={classes.instance}>
      <span className={classes.instanceName}>{instance.name}</span>
      {mayChange ? (
        <>
          <Switch
            size="sm"
            label="On"
            aria-label={`On in ${instance.name}`}
            checked={enabled}
            onChange={(event) => change.mutate({ enabled: event.currentTarget.checked, severity })}
          />
          <NativeSelect
            size="xs"
            aria-label={`Severity in ${instance.name}`}
            disabled={!enabled}
            value={severity ?? ""}
            onChange={(event) =>
              change.mutate({
                enabled,
                severity: event.currentTarget.value === "" ? null : (event.currentTarget.value as Severity),
              })
            }
            data={[
              { value: "", label: own },
              ...severityWords.map((word) => ({ value: word, label: severityLabels[word] })),
            ]}
          />
        </>
      ) : (
        <>
          <span>{enabled ? "On" : "Off"}</span>
          <span>{severity === null ? own : severityLabels[severity]}</span>
        </>
      )}
      {setting === undefined ? null : (
        <span className={classes.changed}>
          Changed by {setting.changedBy}, <Moment at={setting.changedAt} />
        </span>
      )}
    </li>
  );
}

function settingOr(setting: Setting | undefined): RuleSettingBody {
  return { enabled: setting?.enabled ?? true, severity: setting?.severity ?? null };
}

function useChange(rule: RuleDetail, instance: Properties["instance"]) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: RuleSettingBody) => tell.setRule(rule.id, instance.id, body),
    onSuccess: (answer, body) => {
      client.setQueryData(ask.rule(rule.id).queryKey, answer);
      sayDone(`The rule is ${sayState(body)} in ${instance.name}. Its issues follow in a moment.`);
    },
    onError: (error) => sayFailed("The rule was not changed", error),
    onSettled: () => client.invalidateQueries({ queryKey: ["rules"] }),
  });
}

function sayState({ enabled, severity }: RuleSettingBody): string {
  if (!enabled) return "off";
  return severity === null ? "on" : `on and graded ${severityLabels[severity].toLowerCase()}`;
}

/** Settings of work items as the server takes them: what nothing was said about is left out. */
import type { WorkItemSettingsBody } from "#api/work-items/contract.ts";

type Values = WorkItemSettingsBody["fields"];

export type SettingsChange = {
  readonly [Name in keyof WorkItemSettingsBody]?: WorkItemSettingsBody[Name] | undefined;
};

export function settingsToSend(draft: SettingsChange): WorkItemSettingsBody {
  const { fields = {}, severities = {} } = draft;
  const graded = Object.entries(severities)
    .map(([severity, values]) => [severity, given(values)] as const)
    .filter(([, values]) => Object.keys(values).length > 0);
  const said = { ...draft, fields: given(fields), severities: Object.fromEntries(graded) };
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined)) as WorkItemSettingsBody;
}

/** A field that was added and has no value yet says nothing. */
function given(values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ""));
}

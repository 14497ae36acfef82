/** A policy while it is written: the form and the YAML beside it follow each other, and mistakes stand where they are. */
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import type { PolicyBody, PolicyCheckBody } from "#api/policies/contract.ts";
import { ask } from "../../api.ts";
import { Columns, PanelStack } from "../../ui/columns.tsx";
import { Failure } from "../../ui/failure.tsx";
import { Panel } from "../../ui/panel.tsx";
import { YamlField } from "../../ui/yaml-field.tsx";
import { DryRun } from "./dry-run.tsx";
import { mistakesByField } from "./mistake-of.ts";
import classes from "./policies.module.css";
import { PolicyFields } from "./policy-fields.tsx";
import { Says } from "./says.tsx";

interface Properties {
  readonly instanceId: string;
  readonly begins: PolicyBody;
  readonly idStays: boolean;
  /** Gets the policy while it has no mistake. */
  readonly buttons: (policy: PolicyBody | undefined) => ReactNode;
}

/** Milliseconds of rest after which what was typed is read. */
const rest = 250;

export function PolicyEditor({ instanceId, begins, idStays, buttons }: Properties) {
  const [draft, setDraft] = useState(begins);
  // Set while the text is what people write; the form follows it then, as long as it can be read.
  const [written, setWritten] = useState<string>();
  const now: PolicyCheckBody = written === undefined ? { policy: draft } : { text: written };
  const [body] = useDebouncedValue(now, rest);
  const query = useQuery(ask.policyCheck(body));
  const { data } = query;
  const isCurrent = !query.isPlaceholderData && JSON.stringify(body) === JSON.stringify(now);
  const readFromText = written !== undefined && isCurrent ? (data?.policy ?? undefined) : undefined;
  const [taken, setTaken] = useState<PolicyBody>();
  if (readFromText !== undefined && readFromText !== taken) {
    setTaken(readFromText);
    setDraft(idStays ? { ...readFromText, id: begins.id } : readFromText);
  }
  const problems = [
    ...(data?.problems ?? []),
    ...(idStays && data?.policy != null && data.policy.id !== begins.id
      ? [{ line: 1, field: "id", message: `the id stays ${begins.id}` }]
      : []),
  ];
  const sound = isCurrent && problems.length === 0 ? (data?.policy ?? undefined) : undefined;
  if (data === undefined && query.error !== null) return <Failure error={query.error} retry={query.refetch} />;
  return (
    <>
      <Columns>
        <Panel title="Policy">
          <PolicyFields
            draft={draft}
            mistakeOf={mistakesByField(problems)}
            idStays={idStays}
            onChange={(change) => {
              setWritten(undefined);
              setDraft((before) => withoutUndefined({ ...before, ...change }));
            }}
          />
          <div className={classes.buttons}>{buttons(sound)}</div>
        </Panel>
        <div className={classes.sticky}>
          <PanelStack>
            <Panel title="In words">
              {data === undefined || data.policy === null ? (
                <span className={classes.quiet}>{problems.length === 0 ? "…" : "Something is wrong: see below."}</span>
              ) : (
                <Says groups={data.says} />
              )}
            </Panel>
            <Panel title="As YAML">
              <YamlField
                label="Policy as YAML"
                text={written ?? data?.text.trimEnd() ?? ""}
                mistakes={problems.map(({ line, field, message }) =>
                  field === "" ? `Line ${line}: ${message}` : `Line ${line}: ${field}: ${message}`,
                )}
                onChange={setWritten}
              />
            </Panel>
          </PanelStack>
        </div>
      </Columns>
      <DryRun instanceId={instanceId} policy={sound} />
    </>
  );
}

function withoutUndefined(policy: { readonly [Name in keyof PolicyBody]?: PolicyBody[Name] | undefined }): PolicyBody {
  return Object.fromEntries(Object.entries(policy).filter(([, value]) => value !== undefined)) as PolicyBody;
}

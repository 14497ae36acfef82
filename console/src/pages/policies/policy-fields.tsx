/** The fields of a policy as a form: what people fill in who do not want to write YAML. */
import { Checkbox, NativeSelect, NumberInput, Switch, TagsInput, Textarea, TextInput } from "@mantine/core";
import type { ComponentProps, ReactNode } from "react";
import type { PolicyBody } from "#api/policies/contract.ts";
import { ConditionGroups } from "./condition-groups.tsx";
import type { MistakeOf } from "./mistake-of.ts";
import classes from "./policies.module.css";
import { policyActionLabels, policyTriggerLabels } from "./policy-words.ts";

/** Undefined takes a field out. */
type Change = { readonly [Name in keyof PolicyBody]?: PolicyBody[Name] | undefined };

interface Properties {
  readonly draft: PolicyBody;
  readonly mistakeOf: MistakeOf;
  /** An id stays once the policy is there: verdicts name it. */
  readonly idStays: boolean;
  readonly onChange: (change: Change) => void;
}

export function PolicyFields(properties: Properties) {
  const { draft, mistakeOf, onChange } = properties;
  return (
    <div className={classes.form}>
      <Names {...properties} />
      <Part legend="Which findings" hint="Without conditions, every finding.">
        <ConditionGroups groups={draft.when} mistakeOf={mistakeOf} onChange={(when) => onChange({ when })} />
      </Part>
      <Choices
        legend="What follows"
        words={policyActionLabels}
        chosen={draft.actions}
        mistake={mistakeOf("actions")}
        onChange={(actions) => onChange({ actions })}
      />
      <Choices
        legend="When"
        words={policyTriggerLabels}
        chosen={draft.triggers}
        mistake={mistakeOf("triggers")}
        onChange={(triggers) => onChange({ triggers })}
      />
      <Scope {...properties} />
      {draft.actions.includes("block") ? <Blocking {...properties} /> : null}
    </div>
  );
}

interface PartProperties {
  readonly legend: string;
  readonly hint?: string;
  readonly mistake?: string | undefined;
  readonly children: ReactNode;
}

function Part({ legend, hint, mistake, children }: PartProperties) {
  return (
    <fieldset className={classes.part}>
      <legend className={classes.legend}>{legend}</legend>
      {hint === undefined ? null : <p className={classes.hint}>{hint}</p>}
      {children}
      {mistake === undefined ? null : <p className={classes.wrong}>{mistake}</p>}
    </fieldset>
  );
}

function Names({ draft, mistakeOf, idStays, onChange }: Properties) {
  return (
    <>
      <div className={classes.fields}>
        <TextInput
          label="Name"
          value={draft.name}
          maxLength={200}
          error={mistakeOf("name")}
          onChange={(event) => {
            const name = event.currentTarget.value;
            const follows = !idStays && (draft.id === "" || draft.id === slugOf(draft.name));
            onChange(follows ? { name, id: slugOf(name) } : { name });
          }}
        />
        <TextInput
          label="Id"
          description={idStays ? "It stays: verdicts name it" : "What verdicts and comments call it"}
          inputWrapperOrder={["label", "input", "error", "description"]}
          value={draft.id}
          maxLength={64}
          disabled={idStays}
          error={mistakeOf("id")}
          onChange={(event) => onChange({ id: event.currentTarget.value })}
        />
      </div>
      <Textarea
        label="What it is for"
        autosize
        minRows={1}
        maxLength={2000}
        value={draft.description ?? ""}
        error={mistakeOf("description")}
        onChange={(event) => onChange({ description: event.currentTarget.value || undefined })}
      />
      <Switch
        label="On"
        description="Switched off, it decides nothing; a dry run counts it as if it were on"
        checked={draft.enabled}
        onChange={(event) => onChange({ enabled: event.currentTarget.checked })}
      />
    </>
  );
}

interface ChoiceProperties<Word extends string> {
  readonly legend: string;
  readonly words: Readonly<Record<Word, { readonly label: string; readonly says: string }>>;
  readonly chosen: readonly Word[];
  readonly mistake: string | undefined;
  readonly onChange: (chosen: Word[]) => void;
}

function Choices<Word extends string>({ legend, words, chosen, mistake, onChange }: ChoiceProperties<Word>) {
  const all = Object.keys(words) as Word[];
  return (
    <Part legend={legend} mistake={mistake}>
      <div className={classes.choices}>
        {all.map((word) => (
          <Checkbox
            key={word}
            size="sm"
            label={words[word].label}
            description={words[word].says}
            checked={chosen.includes(word)}
            onChange={(event) => {
              const { checked } = event.currentTarget;
              onChange(all.filter((one) => (one === word ? checked : chosen.includes(one))));
            }}
          />
        ))}
      </div>
    </Part>
  );
}

const places = [
  { name: "repositories", label: "Repositories", like: "shop/payments-*" },
  { name: "projects", label: "Projects", like: "shop" },
  { name: "tags", label: "Tags", like: "pci" },
] as const;

function Scope({ draft: { scope }, mistakeOf, onChange }: Properties) {
  return (
    <Part legend="Where" hint="Empty means everywhere. A pattern that begins with ! takes out again.">
      <div className={classes.fields}>
        {places.map(({ name, label, like }) => (
          <TagsInput
            key={name}
            label={label}
            placeholder={scope[name].length === 0 ? `Like ${like}` : ""}
            value={[...scope[name]]}
            error={mistakeOf(`scope.${name}`)}
            onChange={(globs) => onChange({ scope: { ...scope, [name]: globs } })}
          />
        ))}
      </div>
    </Part>
  );
}

const below: NonNullable<ComponentProps<typeof NumberInput>["inputWrapperOrder"]> = [
  "label",
  "input",
  "error",
  "description",
];

function Blocking({ draft, mistakeOf, onChange }: Properties) {
  const { graceDays, unfinished } = draft;
  return (
    <Part legend="Blocking">
      <div className={classes.fields}>
        <NumberInput
          label="Days of grace"
          description="From the first sight of a finding, in which it does not block yet"
          inputWrapperOrder={below}
          min={0}
          max={3650}
          value={graceDays}
          error={mistakeOf("graceDays")}
          onChange={(value) => onChange({ graceDays: Number(value) })}
        />
        <NativeSelect
          label="If a scan does not end"
          description="Nobody knows then what the change brings"
          inputWrapperOrder={below}
          value={unfinished.fails}
          error={mistakeOf("unfinished.fails")}
          onChange={({ currentTarget: { value } }) =>
            onChange({ unfinished: { ...unfinished, fails: value === "closed" ? "closed" : "open" } })
          }
          data={[
            { value: "open", label: "Let it pass (fail open)" },
            { value: "closed", label: "Block it (fail closed)" },
          ]}
        />
        <NumberInput
          label="After"
          description="How long a scan is waited for"
          inputWrapperOrder={below}
          min={1}
          max={10_080}
          suffix=" minutes"
          value={unfinished.afterMinutes}
          error={mistakeOf("unfinished.afterMinutes")}
          onChange={(value) => onChange({ unfinished: { ...unfinished, afterMinutes: Number(value) } })}
        />
      </div>
    </Part>
  );
}

function slugOf(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "")
    .slice(0, 64);
}

/** Which findings a policy is about: groups of conditions, one of which must hold, and in it everything. */
import { Button, Menu } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { ConditionField } from "./condition-field.tsx";
import { beginningOf, type ConditionName, type Conditions, conditions } from "./conditions.ts";
import type { MistakeOf } from "./mistake-of.ts";
import classes from "./policies.module.css";

interface Properties {
  readonly groups: readonly Conditions[];
  readonly mistakeOf: MistakeOf;
  readonly onChange: (groups: Conditions[]) => void;
}

export function ConditionGroups({ groups, mistakeOf, onChange }: Properties) {
  const replace = (index: number, group: Conditions | undefined) =>
    onChange(groups.flatMap((one, at) => (at === index ? (group === undefined ? [] : [group]) : [one])));
  return (
    <div>
      {groups.map((group, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: groups have nothing but their place
        <div key={index}>
          {index === 0 ? null : (
            <p className={classes.between}>
              <b className={classes.or}>or</b>
            </p>
          )}
          <Group
            group={group}
            at={`when[${index}]`}
            name={groups.length === 1 ? "the conditions" : `group ${index + 1}`}
            mistakeOf={mistakeOf}
            onChange={(next) => replace(index, next)}
          />
        </div>
      ))}
      <Button
        mt={8}
        variant="subtle"
        size="compact-sm"
        leftSection={<IconPlus size={15} />}
        onClick={() => onChange([...groups, {}])}
      >
        {groups.length === 0 ? "Narrow it down" : "Or other findings"}
      </Button>
    </div>
  );
}

interface GroupProperties {
  readonly group: Conditions;
  readonly at: string;
  readonly name: string;
  readonly mistakeOf: MistakeOf;
  readonly onChange: (group: Conditions | undefined) => void;
}

function Group({ group, at, name, mistakeOf, onChange }: GroupProperties) {
  const given = conditions.filter((condition) => group[condition.name] !== undefined);
  const mistake = mistakeOf(at, "itself");
  const set = (condition: ConditionName, value: unknown) => onChange({ ...group, [condition]: value } as Conditions);
  return (
    <div className={classes.group} data-wrong={mistake === undefined ? undefined : true}>
      <div className={classes.groupHead}>
        <span>{given.length === 0 ? "No condition yet" : given.length === 1 ? "Findings with" : "All of these"}</span>
        <Button variant="subtle" color="gray" size="compact-xs" onClick={() => onChange(undefined)}>
          Remove {name}
        </Button>
      </div>
      {given.map((condition) => (
        <ConditionField
          key={condition.name}
          condition={condition}
          groupName={name}
          value={group[condition.name]}
          mistake={mistakeOf(`${at}.${condition.name}`)}
          onChange={(value) => set(condition.name, value)}
          onRemove={() => {
            const { [condition.name]: _removed, ...rest } = group;
            onChange(rest);
          }}
        />
      ))}
      {mistake === undefined ? null : <p className={classes.wrong}>{mistake}</p>}
      <Menu position="bottom-start" width={240}>
        <Menu.Target>
          <Button variant="subtle" size="compact-sm" leftSection={<IconPlus size={15} />} mt={4}>
            Add a condition
          </Button>
        </Menu.Target>
        <Menu.Dropdown mah={360} className={classes.scrolls}>
          {conditions
            .filter((condition) => group[condition.name] === undefined)
            .map((condition) => (
              <Menu.Item key={condition.name} onClick={() => set(condition.name, beginningOf(condition))}>
                {condition.label}
              </Menu.Item>
            ))}
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}

/** What an instance does beside scanning; each is off or on, and the scopes that are asked for follow. */
import { Switch } from "@mantine/core";
import type { FeatureSwitches as Switches } from "#model/scopes.ts";
import classes from "./connection.module.css";
import { switchLabels } from "./words-of-rights.ts";

interface Properties {
  readonly features: Switches;
  readonly onChange: (features: Switches) => void;
  /** Why one that is on will not work, by its name. */
  readonly warnings?: Readonly<Partial<Record<keyof Switches, string>>>;
}

const names = Object.keys(switchLabels) as (keyof Switches)[];

export function FeatureSwitches({ features, onChange, warnings = {} }: Properties) {
  return (
    <div className={classes.switches}>
      {names.map((name) => (
        <Switch
          key={name}
          label={switchLabels[name].label}
          description={switchLabels[name].what}
          error={features[name] ? warnings[name] : undefined}
          checked={features[name]}
          onChange={(event) => onChange({ ...features, [name]: event.currentTarget.checked })}
        />
      ))}
    </div>
  );
}

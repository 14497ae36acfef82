/** What "all" leaves out: names by pattern, forks, disabled and empty repositories. Folded until somebody needs it. */
import { Checkbox, TagsInput } from "@mantine/core";
import type { NarrowingBody } from "#api/shapes/takes.ts";
import { Fold } from "../fold.tsx";
import classes from "./repository-choice.module.css";

interface Properties {
  readonly narrowing: NarrowingBody | undefined;
  /** Undefined: nothing is left out. */
  readonly onChange: (narrowing: NarrowingBody | undefined) => void;
}

const nothing: NarrowingBody = { include: [], exclude: [], skipForks: false, skipDisabled: false, skipEmpty: false };

const skips = [
  ["skipForks", "Leave out forks"],
  ["skipDisabled", "Leave out disabled repositories"],
  ["skipEmpty", "Leave out empty repositories"],
] as const;

export function NarrowingFields({ narrowing = nothing, onChange }: Properties) {
  const change = (part: Partial<NarrowingBody>) => {
    const next = { ...narrowing, ...part };
    const isNothing =
      next.include.length === 0 &&
      next.exclude.length === 0 &&
      !next.skipForks &&
      !next.skipDisabled &&
      !next.skipEmpty;
    onChange(isNothing ? undefined : next);
  };
  return (
    <Fold summary="Leave some out: by name, forks, disabled or empty ones" open={narrowing !== nothing}>
      <div className={classes.narrowing}>
        <TagsInput
          label="Only those called"
          description="project/repository, or a repository's name. * is any text, ? one character"
          placeholder={narrowing.include.length === 0 ? "Storefront/*" : ""}
          value={narrowing.include}
          onChange={(include) => change({ include })}
          acceptValueOnBlur
          splitChars={[",", ";"]}
        />
        <TagsInput
          label="But not those called"
          description="These are left out even if the patterns before fit"
          placeholder={narrowing.exclude.length === 0 ? "*-archive" : ""}
          value={narrowing.exclude}
          onChange={(exclude) => change({ exclude })}
          acceptValueOnBlur
          splitChars={[",", ";"]}
        />
        <div className={classes.skips}>
          {skips.map(([name, label]) => (
            <Checkbox
              key={name}
              label={label}
              checked={narrowing[name]}
              onChange={(event) => change({ [name]: event.currentTarget.checked })}
            />
          ))}
        </div>
      </div>
    </Fold>
  );
}

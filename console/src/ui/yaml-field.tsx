/** A text of several lines with their numbers beside it, and below it what is wrong in which line. */
import { Textarea } from "@mantine/core";
import { useId, useRef } from "react";
import classes from "./yaml-field.module.css";

interface Properties {
  readonly label: string;
  readonly text: string;
  /** "Line 3: what is wrong". */
  readonly mistakes: readonly string[];
  readonly onChange: (text: string) => void;
}

export function YamlField({ label, text, mistakes, onChange }: Properties) {
  const field = useRef<HTMLTextAreaElement>(null);
  const id = useId();
  const wrong = new Set(mistakes.map(lineOf));
  const lines = text.split("\n");
  const show = (line: number) => {
    const start = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
    field.current?.focus();
    field.current?.setSelectionRange(start, start + (lines[line - 1]?.length ?? 0));
  };
  return (
    <>
      <div className={classes.field}>
        <div className={classes.numbers} aria-hidden="true">
          {lines.map((_line, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a line's number is what it is
            <div key={index} data-wrong={wrong.has(index + 1) || undefined}>
              {index + 1}
            </div>
          ))}
        </div>
        <Textarea
          ref={field}
          aria-label={label}
          aria-invalid={mistakes.length > 0}
          aria-describedby={mistakes.length > 0 ? id : undefined}
          autosize
          minRows={6}
          maxLength={200_000}
          spellCheck={false}
          wrap="off"
          value={text}
          classNames={{ root: classes.rest, input: classes.input }}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      </div>
      <div id={id} role="alert">
        {mistakes.length === 0 ? null : (
          <ul className={classes.mistakes}>
            {mistakes.map((mistake) => (
              <li key={mistake}>
                <button type="button" onClick={() => show(lineOf(mistake))}>
                  {mistake}
                </button>
              </li>
            ))}
          </ul>
        )}
      </div>
    </>
  );
}

function lineOf(mistake: string): number {
  return Number(/^Line (\d+):/.exec(mistake)?.[1] ?? 1);
}

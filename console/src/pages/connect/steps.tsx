/** Where one is in the wizard. */
import { IconCheck } from "@tabler/icons-react";
import classes from "./connect.module.css";

const names = ["Sign in", "Choose repositories", "Review and save"] as const;

export function Steps({ current }: { readonly current: number }) {
  return (
    <ol className={classes.steps} aria-label="Steps">
      {names.map((name, index) => {
        const step = index + 1;
        const done = step < current;
        return (
          <li
            key={name}
            className={classes.step}
            data-done={done || undefined}
            aria-current={step === current ? "step" : undefined}
          >
            <span className={classes.number}>{done ? <IconCheck size={14} aria-label="Done:" /> : step}</span>
            {name}
          </li>
        );
      })}
    </ol>
  );
}

/** What people must run or should know about a change, a sentence each. */
import { Prose } from "../../ui/prose.tsx";
import classes from "./fix.module.css";

export function SaidOfFix({ said }: { readonly said: readonly string[] }) {
  return (
    <ul className={classes.said}>
      {said.map((sentence) => (
        <li key={sentence}>
          <Prose text={sentence} />
        </li>
      ))}
    </ul>
  );
}

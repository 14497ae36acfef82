/** How many answers fail, are not known and pass, as one bar; its words are for those who do not see it. */
import { sayCount } from "../../ui/amounts.ts";
import { postureAnswers } from "../../ui/posture-words.ts";
import classes from "./posture.module.css";

interface Counts {
  readonly pass: number;
  readonly fail: number;
  readonly notEvaluated: number;
}

export function AnswerBar({ counts: { pass, fail, notEvaluated } }: { readonly counts: Counts }) {
  const all = pass + fail + notEvaluated;
  if (all === 0) return <span className={classes.quiet}>Nothing of this kind</span>;
  const parts = [
    { is: "fail", count: fail },
    { is: "not-evaluated", count: notEvaluated },
    { is: "pass", count: pass },
  ] as const;
  const says = parts
    .filter(({ count }) => count > 0)
    .map(({ is, count }) => `${sayCount(count)} ${postureAnswers[is].label.toLowerCase()}`)
    .join(", ");
  return (
    <span className={classes.score} title={says}>
      <span className={classes.bar} role="img" aria-label={says}>
        {parts.map(({ is, count }) =>
          count === 0 ? null : <span key={is} data-is={is} style={{ flexGrow: count }} />,
        )}
      </span>
      <span className={classes.share} aria-hidden="true">
        {Math.floor((100 * pass) / all)} %
      </span>
    </span>
  );
}

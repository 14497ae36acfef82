/** 0 to 100: what to look at first, as a number and as a length. */
import classes from "./urgency-score.module.css";

export function UrgencyScore({ score }: { readonly score: number }) {
  return (
    <span className={classes.score} title={`Urgency ${score} of 100`}>
      <span className={classes.number}>{score}</span>
      <Length share={score / 100} />
    </span>
  );
}

/** A bar for those who see it; the number beside it says the same. */
export function Length({ share, faint = false }: { readonly share: number; readonly faint?: boolean }) {
  return (
    <svg
      className={classes.length}
      data-faint={faint || undefined}
      viewBox="0 0 100 4"
      preserveAspectRatio="none"
      aria-hidden="true"
      focusable="false"
    >
      <rect width="100" height="4" className={classes.ground} />
      <rect width={Math.max(0, Math.min(1, share)) * 100} height="4" className={classes.filled} />
    </svg>
  );
}

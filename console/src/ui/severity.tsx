/** A severity as a word with its own shape: the shape tells it also to those who do not see the colour. */
import type { Severity as SeverityName } from "#model/severity.ts";
import classes from "./severity.module.css";

export const severityLabels: Readonly<Record<SeverityName, string>> = {
  critical: "Critical",
  high: "High",
  medium: "Medium",
  low: "Low",
};

/** Diamond, triangle, half-filled square, ring: told apart at 12 pixels. */
const shapes: Readonly<Record<SeverityName, React.ReactNode>> = {
  critical: <path d="M6 0 12 6 6 12 0 6Z" fill="currentColor" />,
  high: <path d="M6 0.800 11.800 11H0.200Z" fill="currentColor" />,
  medium: (
    <>
      <path d="M1.500 1.500h9v9h-9Z" fill="none" stroke="currentColor" strokeWidth="1.500" />
      <path d="M1.500 6h9v4.500h-9Z" fill="currentColor" />
    </>
  ),
  low: <circle cx="6" cy="6" r="4.400" fill="none" stroke="currentColor" strokeWidth="1.800" />,
};

export function SeverityMark({ severity }: { readonly severity: SeverityName }) {
  return (
    <svg viewBox="0 0 12 12" width="12" height="12" className={classes[severity]} aria-hidden="true" focusable="false">
      {shapes[severity]}
    </svg>
  );
}

interface Properties {
  readonly severity: SeverityName;
  /** For lists that leave the word to those who hear it where there is no room. */
  readonly wordClassName?: string | undefined;
}

export function Severity({ severity, wordClassName }: Properties) {
  return (
    <span className={`${classes.severity} ${classes[severity]}`}>
      <SeverityMark severity={severity} />
      <span className={wordClassName}>{severityLabels[severity]}</span>
    </span>
  );
}

/** Counts by severity in a row; zeros are left out, nothing at all is a dash. */
export function SeverityCounts({ counts }: { readonly counts: Readonly<Record<SeverityName, number>> }) {
  const present = (["critical", "high", "medium", "low"] as const).filter((severity) => counts[severity] > 0);
  if (present.length === 0) return <span className={classes.none}>None</span>;
  return (
    <span className={classes.counts}>
      {present.map((severity) => (
        <span
          key={severity}
          className={`${classes.severity} ${classes[severity]}`}
          title={`${counts[severity]} ${severityLabels[severity].toLowerCase()}`}
        >
          <SeverityMark severity={severity} />
          {counts[severity]}
          <span className={classes.hidden}> {severityLabels[severity].toLowerCase()}</span>
        </span>
      ))}
    </span>
  );
}

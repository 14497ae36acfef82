/** What became of one test notification. */
import type { Validation } from "#api/instances/contract.ts";
import { sayDuration } from "../../ui/amounts.ts";
import { Tag, type Tone } from "../../ui/tag.tsx";
import classes from "./instance.module.css";

type Result = Validation["results"][number];

const states: Readonly<Record<Result["state"], { readonly label: string; readonly tone: Tone }>> = {
  waiting: { label: "Waiting", tone: "quiet" },
  sent: { label: "Sent", tone: "busy" },
  arrived: { label: "Arrived", tone: "good" },
  refused: { label: "Refused", tone: "bad" },
  lost: { label: "Did not arrive", tone: "bad" },
};

export function TestResult({ result }: { readonly result: Result }) {
  const { label, tone } = states[result.state];
  return (
    <>
      <Tag tone={tone}>{label}</Tag>
      {result.milliseconds === null ? null : <div className={classes.quiet}>in {sayDuration(result.milliseconds)}</div>}
      {result.detail === null ? null : <div className={classes.quiet}>{result.detail}</div>}
    </>
  );
}

/** When an issue should be fixed by, or how long that is past. */
import type { IssueRow } from "#api/issues/contract.ts";
import { countOf } from "./amounts.ts";
import { sayDay } from "./moment.tsx";
import { Tag, type Tone } from "./tag.tsx";
import { useNow } from "./use-now.ts";

type Due = NonNullable<IssueRow["due"]>;

const day = 24 * 3_600_000;

const tones: Readonly<Record<Due["state"], Tone>> = {
  overdue: "bad",
  approaching: "warning",
  "on-track": "quiet",
  none: "off",
};

export function DueTag({ due }: { readonly due: Due }) {
  const now = useNow(60_000);
  return (
    <span title={`Due on ${sayDay(due.at)}`}>
      <Tag tone={tones[due.state]}>{sayDue(due, now)}</Tag>
    </span>
  );
}

function sayDue({ state, at }: Due, now: number): string {
  const days = (new Date(at).getTime() - now) / day;
  if (state === "overdue") return days > -1 ? "Overdue" : `${countOf(Math.floor(-days), "day")} over`;
  if (days < 1) return "Due today";
  return `Due in ${countOf(Math.floor(days), "day")}`;
}

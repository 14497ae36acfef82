/** How many days something is still good for, with a warning as the end comes near. */
import { sayDay } from "./moment.tsx";
import { Tag } from "./tag.tsx";
import { useNow } from "./use-now.ts";

const day = 24 * 3_600_000;

export function Remaining({ until }: { readonly until: string }) {
  const left = new Date(until).getTime() - useNow(60_000);
  const days = Math.floor(left / day);
  const words = left <= 0 ? "Expired" : days === 0 ? "Expires today" : days === 1 ? "1 day left" : `${days} days left`;
  return (
    <span title={`Until ${sayDay(until)}`}>
      <Tag tone={left <= 3 * day ? "bad" : left <= 14 * day ? "warning" : "good"}>{words}</Tag>
    </span>
  );
}

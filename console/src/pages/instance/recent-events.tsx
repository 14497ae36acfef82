/** The latest lines of the audit about one instance. */

import type { InstanceHealth } from "#api/instance-health/contract.ts";
import { ItemList } from "../../ui/item-list.tsx";
import { Moment } from "../../ui/moment.tsx";
import { sayData } from "../../ui/say-data.ts";
import classes from "./instance.module.css";

export function RecentEvents({ events }: { readonly events: InstanceHealth["events"] }) {
  if (events.length === 0) return <p style={{ margin: 0, padding: "4px 20px 18px" }}>Nothing yet.</p>;
  return (
    <ItemList label="What happened lately">
      {events.map((event) => (
        <li key={event.id} className={classes.event}>
          <span className={classes.quiet}>
            <Moment at={event.at} />
          </span>
          <div>
            <strong>{event.actor}</strong> <code>{event.action}</code> {event.subject}
            {event.data === null ? null : <div className={classes.quiet}>{sayData(event.data)}</div>}
          </div>
        </li>
      ))}
    </ItemList>
  );
}

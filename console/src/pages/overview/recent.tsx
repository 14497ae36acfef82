/** The latest scans. */
import { Anchor } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ask } from "../../api.ts";
import { Moment } from "../../ui/moment.tsx";
import { Panel } from "../../ui/panel.tsx";
import { ScanState } from "../../ui/scan-state.tsx";
import { Listing } from "../../ui/table/listing.tsx";
import { sayTarget } from "../../ui/target.ts";
import classes from "./overview.module.css";

export function Recent() {
  const query = useQuery(ask.scans({ limit: 6 }));
  return (
    <Panel
      title="Latest scans"
      aside={
        <Anchor component={Link} to="/scans" fz="sm">
          All scans
        </Anchor>
      }
    >
      <Listing
        query={query}
        isEmpty={(answer) => answer.rows.length === 0}
        empty={
          <p className={classes.quiet}>No scan yet. The first ones begin when a connected repository has a commit.</p>
        }
      >
        {(answer) => (
          <ul className={classes.rows}>
            {answer.rows.map((scan) => (
              <li key={scan.id} className={classes.scan}>
                <span className={classes.scanState}>
                  <ScanState scan={scan} />
                </span>
                <span className={classes.scanName}>
                  <Link to="/scans/$scanId" params={{ scanId: scan.id }}>
                    {scan.repository.name}
                  </Link>{" "}
                  <span className={classes.quiet}>{sayTarget(scan.target)}</span>
                </span>
                <span className={classes.quiet}>
                  <Moment at={scan.startedAt} />
                </span>
              </li>
            ))}
          </ul>
        )}
      </Listing>
    </Panel>
  );
}

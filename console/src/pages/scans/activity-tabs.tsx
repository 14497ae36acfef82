/** Scans, builds and deliveries: three lists of what happened, side by side. */
import { Link } from "@tanstack/react-router";
import classes from "../../ui/tabs.module.css";

const shown = { className: classes.shown };

export function ActivityTabs() {
  return (
    <nav className={classes.tabs} aria-label="Activity">
      <Link
        to="/scans"
        activeOptions={{ includeSearch: false, exact: true }}
        className={classes.tab}
        activeProps={shown}
      >
        Scans
      </Link>
      <Link to="/builds" activeOptions={{ includeSearch: false }} className={classes.tab} activeProps={shown}>
        Builds
      </Link>
      <Link to="/deliveries" activeOptions={{ includeSearch: false }} className={classes.tab} activeProps={shown}>
        Deliveries
      </Link>
    </nav>
  );
}

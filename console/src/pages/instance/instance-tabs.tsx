/** The parts of an instance's page, each with an address of its own. */
import { Link } from "@tanstack/react-router";
import { instanceTabs } from "../../search-filters.ts";
import classes from "../../ui/tabs.module.css";

type Tab = (typeof instanceTabs)[number];

const labels: Readonly<Record<Tab, string>> = {
  health: "Health",
  repositories: "Repositories",
  "sign-in": "Sign-in and rights",
  hooks: "Service hooks",
  coverage: "Coverage and budget",
  "live-checks": "Live checks",
  "work-items": "Work items",
  webhooks: "Webhooks",
  settings: "Settings",
};

interface Properties {
  readonly instanceId: string;
  readonly shown: Tab;
  readonly administers: boolean;
}

export function InstanceTabs({ instanceId, shown, administers }: Properties) {
  return (
    <nav className={classes.tabs} aria-label="Parts of this instance">
      {instanceTabs
        .filter((tab) => administers || (tab !== "settings" && tab !== "webhooks"))
        .map((tab) => (
          <Link
            key={tab}
            to="/settings/integrations/$instanceId"
            params={{ instanceId }}
            search={tab === "health" ? {} : { tab }}
            className={tab === shown ? `${classes.tab} ${classes.shown}` : classes.tab}
            aria-current={tab === shown ? "page" : undefined}
            activeProps={{}}
          >
            {labels[tab]}
          </Link>
        ))}
    </nav>
  );
}

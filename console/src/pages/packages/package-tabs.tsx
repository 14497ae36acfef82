/** Packages and their licences: two looks at the same dependencies, with the same filters. */
import { Link } from "@tanstack/react-router";
import type { LicenseFilters } from "../../search-filters.ts";
import classes from "../../ui/tabs.module.css";

const shown = { className: classes.shown };

export function PackageTabs({ filters }: { readonly filters: LicenseFilters }) {
  const { ecosystem, relation, needed, repositoryId, instanceId } = filters;
  const kept = { ecosystem, relation, needed, repositoryId, instanceId };
  return (
    <nav className={classes.tabs} aria-label="Dependencies">
      <Link
        to="/packages"
        search={kept}
        activeOptions={{ includeSearch: false, exact: true }}
        className={classes.tab}
        activeProps={shown}
      >
        Packages
      </Link>
      <Link
        to="/packages/licenses"
        search={kept}
        activeOptions={{ includeSearch: false }}
        className={classes.tab}
        activeProps={shown}
      >
        Licences
      </Link>
    </nav>
  );
}

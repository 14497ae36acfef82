/** Three looks at the settings of an organization: how they stand, what each rule says, and what is known at all. */
import { Link } from "@tanstack/react-router";
import classes from "../../ui/tabs.module.css";

const tabs = [
  { to: "/posture", label: "Overview", exact: true },
  { to: "/posture/rules", label: "Rules", exact: false },
  { to: "/posture/facts", label: "What is known", exact: true },
] as const;

export function PostureTabs({ organizationId }: { readonly organizationId: string | undefined }) {
  return (
    <nav className={classes.tabs} aria-label="Posture">
      {tabs.map(({ to, label, exact }) => (
        <Link
          key={to}
          to={to}
          search={{ organizationId }}
          activeOptions={{ includeSearch: false, exact }}
          className={classes.tab}
          activeProps={{ className: classes.shown }}
        >
          {label}
        </Link>
      ))}
    </nav>
  );
}

/** What decides, where it holds, and how repositories are told apart for it. */
import { Link } from "@tanstack/react-router";
import classes from "../../ui/tabs.module.css";

const tabs = [
  { to: "/policies", label: "Policies" },
  { to: "/policies/gates", label: "Gates" },
  { to: "/policies/tags", label: "Tags" },
] as const;

export function PolicyTabs({ instanceId }: { readonly instanceId: string | undefined }) {
  return (
    <nav className={classes.tabs} aria-label="Policies and gates">
      {tabs.map(({ to, label }) => (
        <Link
          key={to}
          to={to}
          search={instanceId === undefined ? {} : { instanceId }}
          activeOptions={{ includeSearch: false, exact: true }}
          className={classes.tab}
          activeProps={{ className: classes.shown }}
        >
          {label}
        </Link>
      ))}
    </nav>
  );
}

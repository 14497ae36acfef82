/** The pages a person can go to. Administration is left out for members, whom the server would refuse. */
import {
  IconBook2,
  IconBrandWindows,
  IconBuildingArch,
  IconChartBar,
  IconChecklist,
  IconEyeOff,
  IconFlame,
  IconFolders,
  IconGavel,
  IconGitPullRequest,
  IconHistory,
  IconKey,
  IconLayoutKanban,
  IconLockExclamation,
  IconPackages,
  IconPlugConnected,
  IconRadar2,
  IconRoute,
  IconShieldCheck,
  IconShieldExclamation,
  IconTimeline,
  IconTool,
  IconUsers,
} from "@tabler/icons-react";
import { Link, type LinkProps } from "@tanstack/react-router";
import type { ComponentType } from "react";
import classes from "./shell.module.css";

interface Entry {
  readonly to: NonNullable<LinkProps["to"]>;
  readonly label: string;
  readonly icon: ComponentType<{ size: number; stroke: number }>;
  readonly administratorsOnly?: boolean;
}

const work: readonly Entry[] = [
  { to: "/", label: "Overview", icon: IconBuildingArch },
  { to: "/dashboards", label: "Dashboards", icon: IconChartBar },
  { to: "/issues", label: "Issues", icon: IconShieldExclamation },
  { to: "/secrets", label: "Secrets", icon: IconLockExclamation },
  { to: "/exceptions", label: "Exceptions", icon: IconEyeOff },
  { to: "/pull-requests", label: "Pull requests", icon: IconGitPullRequest },
  { to: "/fixes", label: "Fixes", icon: IconTool },
  { to: "/work-items", label: "Work items", icon: IconLayoutKanban },
  { to: "/packages", label: "Packages", icon: IconPackages },
  { to: "/repositories", label: "Repositories", icon: IconFolders },
  { to: "/scans", label: "Scans", icon: IconRadar2 },
  { to: "/rules", label: "Rules", icon: IconChecklist },
  { to: "/policies", label: "Policies", icon: IconGavel },
];

const azureDevOps: readonly Entry[] = [
  { to: "/posture", label: "Posture", icon: IconShieldCheck },
  { to: "/pipelines", label: "Pipelines", icon: IconTimeline },
  { to: "/attack-paths", label: "Attack paths", icon: IconRoute },
];

const settings: readonly Entry[] = [
  { to: "/settings/integrations", label: "Data Sources & Integrations", icon: IconPlugConnected },
  { to: "/settings/entra-app", label: "Microsoft Entra app", icon: IconBrandWindows, administratorsOnly: true },
  { to: "/settings/urgency", label: "Urgency", icon: IconFlame },
  { to: "/settings/advisories", label: "Advisories", icon: IconBook2 },
  { to: "/settings/people", label: "People", icon: IconUsers, administratorsOnly: true },
  { to: "/settings/tokens", label: "API tokens", icon: IconKey },
  { to: "/settings/audit", label: "Audit", icon: IconHistory, administratorsOnly: true },
];

export function Navigation({ role }: { readonly role: "administrator" | "member" }) {
  return (
    <nav className={classes.navigation} aria-label="Main">
      <Entries entries={work} />
      <div>
        <p className={classes.heading}>Azure DevOps</p>
        <Entries entries={azureDevOps} />
      </div>
      <div>
        <p className={classes.heading} id="settings-heading">
          Settings
        </p>
        <Entries entries={settings.filter((entry) => role === "administrator" || !entry.administratorsOnly)} />
      </div>
    </nav>
  );
}

function Entries({ entries }: { readonly entries: readonly Entry[] }) {
  return (
    <ul className={classes.list}>
      {entries.map(({ to, label, icon: Icon }) => (
        <li key={to}>
          <Link to={to} className={classes.link} activeOptions={{ exact: to === "/", includeSearch: false }}>
            <Icon size={18} stroke={1.6} />
            {label}
          </Link>
        </li>
      ))}
    </ul>
  );
}

/** What something on an attack path is, as a picture; its word stands beside. */
import {
  IconBuilding,
  IconCloud,
  IconFileCode,
  IconFileLock,
  IconFolderCode,
  IconFolders,
  IconGitBranch,
  IconPackages,
  IconPlayerPlay,
  IconPlugConnected,
  IconRocket,
  IconServer,
  IconTemplate,
  IconTimeline,
  IconUsers,
  IconVariable,
} from "@tabler/icons-react";
import type { ComponentType } from "react";
import type { PathNodeKind } from "#model/posture/attack-path.ts";

type Icon = ComponentType<{ size: number; stroke: number; style: object; "aria-hidden": "true" }>;

const icons: Readonly<Record<PathNodeKind, Icon>> = {
  identity: IconUsers,
  repository: IconFolderCode,
  branch: IconGitBranch,
  file: IconFileCode,
  template: IconTemplate,
  pipeline: IconTimeline,
  run: IconPlayerPlay,
  pool: IconServer,
  connection: IconPlugConnected,
  cloud: IconCloud,
  "variable-group": IconVariable,
  "secure-file": IconFileLock,
  environment: IconRocket,
  feed: IconPackages,
  project: IconFolders,
  organization: IconBuilding,
};

const inline = { verticalAlign: "-3px" };

export function NodeIcon({ kind, size }: { readonly kind: PathNodeKind; readonly size: number }) {
  const Icon = icons[kind];
  return <Icon size={size} stroke={1.6} style={inline} aria-hidden="true" />;
}

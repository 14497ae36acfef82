/** What a page shows before there is anything to show: who may connect an organization does, everybody else is told who may. */
import { IconPlugConnected, IconPlus } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { Empty } from "./empty.tsx";
import { LinkButton } from "./link-button.tsx";
import { useIsAdministrator } from "./use-is-administrator.ts";

interface Properties {
  /** For those who may connect, where the page has words of its own. */
  readonly title?: string;
  /** What the page is about once something is connected, for those who may connect. */
  readonly children: ReactNode;
}

export function NothingConnected({ title = "Nothing is connected yet", children }: Properties) {
  const mayConnect = useIsAdministrator();
  return mayConnect ? (
    <Empty
      icon={IconPlugConnected}
      title={title}
      action={
        <LinkButton to="/settings/integrations/new" leftSection={<IconPlus size={16} />}>
          Connect Azure DevOps
        </LinkButton>
      }
    >
      {children}
    </Empty>
  ) : (
    <Empty icon={IconPlugConnected} title="There is no instance that you may see">
      An administrator has to connect an organization, or to let you see one that is connected.
    </Empty>
  );
}

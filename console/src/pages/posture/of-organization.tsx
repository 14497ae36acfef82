/** The frame of what belongs to one organization: waiting, failed, nothing connected, switched off, not looked at yet, or the page. */
import { IconShieldOff, IconShieldSearch } from "@tabler/icons-react";
import type { ReactNode } from "react";
import type { PostureOrganization } from "#api/posture/contract.ts";
import { Empty } from "../../ui/empty.tsx";
import { Failure } from "../../ui/failure.tsx";
import { LinkButton } from "../../ui/link-button.tsx";
import { NothingConnected } from "../../ui/nothing-connected.tsx";
import { Panel } from "../../ui/panel.tsx";
import { Waiting } from "../../ui/table/listing.tsx";
import { useIsAdministrator } from "../../ui/use-is-administrator.ts";
import type { OrganizationChoice } from "../../ui/use-organizations.ts";

interface Properties {
  readonly choice: OrganizationChoice;
  readonly children: (organization: PostureOrganization) => ReactNode;
}

export function OfOrganization({ choice: { organization, query }, children }: Properties) {
  if (organization !== undefined && organization.lastRun !== null) return children(organization);
  return (
    <Panel flush>
      {query.error !== null ? (
        <Failure error={query.error} retry={query.refetch} />
      ) : query.isPending ? (
        <Waiting />
      ) : organization === undefined ? (
        <NothingConnected>The settings of an organization are looked at when it is connected.</NothingConnected>
      ) : organization.enabled ? (
        <Empty
          icon={IconShieldSearch}
          title={organization.isRunning ? "The settings are being read" : "Nobody has looked yet"}
        >
          The settings, pipelines and people of {organization.name} are read and judged soon after it was connected, and
          every few hours from then on. Nothing is changed there.
        </Empty>
      ) : (
        <SwitchedOff organization={organization} />
      )}
    </Panel>
  );
}

function SwitchedOff({ organization: { instanceId, name } }: { readonly organization: PostureOrganization }) {
  const mayChange = useIsAdministrator();
  return (
    <Empty
      icon={IconShieldOff}
      title="Settings are not looked at"
      action={
        mayChange ? (
          <LinkButton
            to="/settings/integrations/$instanceId"
            params={{ instanceId }}
            search={{ tab: "settings" }}
            variant="default"
          >
            Open the settings of the instance
          </LinkButton>
        ) : undefined
      }
    >
      An administrator of Sallyport switched it off for the instance that {name} belongs to.
    </Empty>
  );
}

/** The frame of the pages of posture: which organization, when it was looked at, and what can be done about it. */
import { Button } from "@mantine/core";
import { IconRefresh } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { PostureOrganization } from "#api/posture/contract.ts";
import { ask, tell } from "../../api.ts";
import { Moment } from "../../ui/moment.tsx";
import { OrganizationPicker } from "../../ui/organization-picker.tsx";
import { Page } from "../../ui/page.tsx";
import { sayDone, sayFailed } from "../../ui/say.ts";
import { useIsAdministrator } from "../../ui/use-is-administrator.ts";
import { useOrganizations } from "../../ui/use-organizations.ts";
import { OfOrganization } from "./of-organization.tsx";
import { PostureTabs } from "./posture-tabs.tsx";

interface Properties {
  readonly organizationId: string | undefined;
  readonly onOrganization: (organizationId: string | undefined) => void;
  /** Fills the window's height; lists scroll inside. */
  readonly tall?: boolean;
  readonly actions?: (organization: PostureOrganization) => ReactNode;
  readonly children: (organization: PostureOrganization) => ReactNode;
}

export function PosturePage({ organizationId, onOrganization, tall = false, actions, children }: Properties) {
  const choice = useOrganizations(organizationId);
  const { organization } = choice;
  return (
    <Page
      title="Posture"
      tall={tall}
      lead={organization === undefined ? undefined : <Lead organization={organization} />}
      actions={
        organization === undefined ? undefined : (
          <>
            <OrganizationPicker choice={choice} value={organization.id} onChange={onOrganization} />
            {organization.lastRun === null ? null : actions?.(organization)}
            <JudgeNow organization={organization} />
          </>
        )
      }
    >
      <PostureTabs organizationId={organizationId} />
      <OfOrganization choice={choice}>{children}</OfOrganization>
    </Page>
  );
}

function Lead({ organization: { name, enabled, lastRun, isRunning } }: { readonly organization: PostureOrganization }) {
  return (
    <>
      What the settings of {name} let people do.{" "}
      {enabled || lastRun === null ? null : "It is switched off: this is how they were. "}
      {isRunning ? (
        "It is being looked at now."
      ) : lastRun === null ? null : (
        <>
          Read <Moment at={lastRun.finishedAt} />.
        </>
      )}
    </>
  );
}

function JudgeNow({ organization: { id, name, enabled, isRunning } }: { readonly organization: PostureOrganization }) {
  const client = useQueryClient();
  const mayAsk = useIsAdministrator();
  const judge = useMutation({
    mutationFn: () => tell.judgePosture(id),
    onSuccess: () => sayDone(`${name} is looked at; what comes of it appears here.`),
    onError: (error) => sayFailed("The settings were not looked at", error),
    onSettled: () => client.invalidateQueries({ queryKey: ask.postureOrganizations().queryKey }),
  });
  if (!mayAsk || !enabled) return null;
  return (
    <Button
      variant="default"
      leftSection={<IconRefresh size={16} />}
      loading={judge.isPending || isRunning}
      onClick={() => judge.mutate()}
    >
      Judge now
    </Button>
  );
}

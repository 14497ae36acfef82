/** What is told where there is no repository: nothing is connected, or what is connected has none that the account may read. */
import { IconFolders } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { ask } from "../api.ts";
import { Empty } from "./empty.tsx";
import { LinkButton } from "./link-button.tsx";
import { NothingConnected } from "./nothing-connected.tsx";

export function NoRepository() {
  const instances = useQuery(ask.instances()).data?.rows;
  if (instances?.length === 0) {
    return <NothingConnected>Repositories appear when an organization is connected.</NothingConnected>;
  }
  return (
    <Empty
      icon={IconFolders}
      title="No repository yet"
      action={
        <LinkButton to="/settings/integrations" variant="default">
          See what is connected
        </LinkButton>
      }
    >
      What is connected has no repository that its account may read. One that is created is found by itself, and every
      push to it is scanned. If there are some already, look at the rights of the account.
    </Empty>
  );
}

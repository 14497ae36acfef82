/** An empty list of issues means different things: nothing fits the filters, or nothing is wrong. */
import { Button } from "@mantine/core";
import { IconShieldCheck } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ask } from "../../api.ts";
import { Empty } from "../../ui/empty.tsx";
import { NothingConnected } from "../../ui/nothing-connected.tsx";
import { NothingFits } from "../../ui/nothing-fits.tsx";

interface Properties {
  readonly filtered: boolean;
  readonly onClear: () => void;
}

export function NoIssues({ filtered, onClear }: Properties) {
  const instances = useQuery(ask.instances()).data?.rows;
  if (instances?.length === 0) {
    return <NothingConnected>Every push and pull request of its repositories is scanned.</NothingConnected>;
  }
  if (filtered) {
    return (
      <NothingFits what="issue" onClear={onClear}>
        Only open issues are shown unless the filter “State” says otherwise.
      </NothingFits>
    );
  }
  return (
    <Empty
      icon={IconShieldCheck}
      title="No open issue"
      action={
        <Button component={Link} to="/repositories" variant="default">
          See what is scanned
        </Button>
      }
    >
      Every push and pull request of the connected repositories is scanned; what is found appears here.
    </Empty>
  );
}

/** An empty list of secrets means different things: nothing fits the filters, or none was found. */
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

export function NoSecrets({ filtered, onClear }: Properties) {
  const instances = useQuery(ask.instances()).data?.rows;
  if (instances?.length === 0) {
    return (
      <NothingConnected>
        Every push is searched for secrets, and so is each repository’s whole history.
      </NothingConnected>
    );
  }
  if (filtered) {
    return (
      <NothingFits what="secret" onClear={onClear}>
        Only open ones are shown unless the filter “State” says otherwise.
      </NothingFits>
    );
  }
  return (
    <Empty
      icon={IconShieldCheck}
      title="No open secret"
      action={
        <Button component={Link} to="/scans" variant="default">
          See what was scanned
        </Button>
      }
    >
      Every push is scanned, and so is each repository’s whole history. A secret that was removed from the code stays
      here until somebody says that it was rotated.
    </Empty>
  );
}

/** A form keeps what is being written while somebody else saves the same: that is told, and one may go on from theirs. */
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Fragment, type ReactNode, useState } from "react";
import { ask } from "../api.ts";
import { Notice } from "./notice.tsx";

interface Saved {
  readonly changedBy: string | null;
  readonly changedAt: string | null;
}

interface Properties<What extends Saved> {
  /** As the server has it now. */
  readonly saved: What;
  /** The form, as it begins. */
  readonly children: (begun: What) => ReactNode;
}

export function KeptForm<What extends Saved>({ saved, children }: Properties<What>) {
  const [begun, setBegun] = useState(saved);
  const me = useQuery(ask.session()).data?.user?.name;
  const isNewer = saved.changedAt !== begun.changedAt;
  const isOwn = saved.changedBy === me;
  // Who saved goes on from what they saved.
  if (isNewer && isOwn) setBegun(saved);
  return (
    <>
      {isNewer && !isOwn ? <SavedMeanwhile by={saved.changedBy ?? "Somebody"} onTake={() => setBegun(saved)} /> : null}
      <Fragment key={begun.changedAt}>{children(begun)}</Fragment>
    </>
  );
}

export function SavedMeanwhile({ by, onTake }: { readonly by: string; readonly onTake: () => void }) {
  return (
    <Notice title={`${by} saved this meanwhile`}>
      <p>Saving what is written here replaces theirs.</p>
      <Button size="compact-sm" variant="default" onClick={onTake}>
        Go on from theirs, and lose what is written here
      </Button>
    </Notice>
  );
}

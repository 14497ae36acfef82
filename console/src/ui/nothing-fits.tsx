/** What a list says when its filters leave nothing. */
import { Button } from "@mantine/core";
import { IconFilterOff } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { Empty } from "./empty.tsx";

interface Properties {
  /** What the list is of, one of it: `issue`. */
  readonly what: string;
  readonly onClear: () => void;
  readonly children?: ReactNode;
}

export function NothingFits({ what, onClear, children }: Properties) {
  return (
    <Empty
      icon={IconFilterOff}
      title={`No ${what} fits these filters`}
      action={
        <Button variant="default" onClick={onClear}>
          Clear the filters
        </Button>
      }
    >
      {children}
    </Empty>
  );
}

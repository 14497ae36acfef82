/** What was opened from a list; closed by its cross or by Escape. */
import { ActionIcon, Tooltip } from "@mantine/core";

import { IconX } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { Failure } from "../failure.tsx";
import { Waiting } from "../table/listing.tsx";
import { usePageKeys } from "../use-page-keys.ts";
import classes from "./split.module.css";

interface Properties<Answer> {
  /** "Issue". */
  readonly label: string;
  readonly query: {
    readonly data: Answer | undefined;
    readonly error: Error | null;
    readonly refetch: () => Promise<unknown>;
  };
  readonly onClose: () => void;
  readonly children: (answer: Answer) => ReactNode;
}

export function SidePane<Answer>({ label, query, onClose, children }: Properties<Answer>) {
  usePageKeys([["Escape", onClose]]);
  return (
    <article className={classes.pane} aria-label={label}>
      <span className={classes.close}>
        <Tooltip label="Close (Esc)">
          <ActionIcon variant="subtle" color="gray" aria-label={`Close the ${label.toLowerCase()}`} onClick={onClose}>
            <IconX size={18} />
          </ActionIcon>
        </Tooltip>
      </span>
      {query.data !== undefined ? (
        children(query.data)
      ) : query.error !== null ? (
        <Failure error={query.error} retry={() => query.refetch()} />
      ) : (
        <Waiting rows={8} />
      )}
    </article>
  );
}

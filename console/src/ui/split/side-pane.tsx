/** What was opened from a list; closed by its cross or by Escape. */
import { ActionIcon, Tooltip } from "@mantine/core";
import { IconMapPinOff, IconX } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { RequestError } from "../../request.ts";
import { Empty } from "../empty.tsx";
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
        <NotShown label={label} error={query.error} retry={query.refetch} />
      ) : (
        <Waiting rows={8} />
      )}
    </article>
  );
}

interface NotShownProperties {
  readonly label: string;
  readonly error: Error;
  readonly retry: () => Promise<unknown>;
}

/** An address that names nothing names nothing the next time either. */
function NotShown({ label, error, retry }: NotShownProperties) {
  if (!(error instanceof RequestError) || (error.status !== 404 && error.status !== 422)) {
    return <Failure error={error} retry={retry} />;
  }
  return (
    <div role="alert">
      <Empty icon={IconMapPinOff} title={`There is no such ${label.toLowerCase()}`}>
        The address may be mistyped, what it led to may be gone, or you may not see it.
      </Empty>
    </div>
  );
}

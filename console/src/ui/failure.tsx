/** What went wrong, in the server's words, and the way to try again. */
import { Button } from "@mantine/core";
import { IconPlugConnectedX, IconRefresh } from "@tabler/icons-react";
import { RequestError } from "../request.ts";
import { Empty } from "./empty.tsx";

interface Properties {
  readonly error: unknown;
  readonly retry?: () => unknown;
}

export function Failure({ error, retry }: Properties) {
  const { title, detail } = wordsOf(error);
  return (
    <div role="alert">
      <Empty
        icon={IconPlugConnectedX}
        title={title}
        action={
          retry === undefined ? undefined : (
            <Button variant="default" leftSection={<IconRefresh size={16} />} onClick={() => void retry()}>
              Try again
            </Button>
          )
        }
      >
        {detail}
      </Empty>
    </div>
  );
}

export function wordsOf(error: unknown): { readonly title: string; readonly detail: string | undefined } {
  if (error instanceof RequestError) return { title: error.message, detail: error.detail };
  return { title: "Something in this page failed", detail: error instanceof Error ? error.message : undefined };
}

/** In one line, for a field or a short message. */
export function saysWhy(error: unknown): string {
  const { title, detail } = wordsOf(error);
  return detail === undefined ? title : `${title}. ${detail}`;
}

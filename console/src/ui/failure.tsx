/** What went wrong, in the server's words, and the way to try again. */
import { Button } from "@mantine/core";
import { IconPlugConnectedX, IconRefresh } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { RequestError } from "../request.ts";
import { Empty } from "./empty.tsx";
import { LinkButton } from "./link-button.tsx";

interface Properties {
  readonly error: unknown;
  readonly retry?: (() => unknown) | undefined;
}

export function Failure({ error, retry }: Properties) {
  const { title, detail } = wordsOf(error);
  return (
    <div role="alert">
      <Empty icon={IconPlugConnectedX} title={title} action={wayOn({ error, retry })}>
        {detail}
      </Empty>
    </div>
  );
}

/** The same address gives the same answer: what is wrong with it is left out. */
function wayOn({ error, retry }: Properties): ReactNode {
  const isOfAddress = error instanceof RequestError ? error.isOfAddress : undefined;
  if (isOfAddress === "path") {
    return (
      <LinkButton to="/" variant="default">
        To the overview
      </LinkButton>
    );
  }
  if (isOfAddress === "filters") {
    return (
      <LinkButton to="." search={{}} variant="default">
        Without filters
      </LinkButton>
    );
  }
  return retry === undefined ? undefined : (
    <Button variant="default" leftSection={<IconRefresh size={16} />} onClick={() => void retry()}>
      Try again
    </Button>
  );
}

export function wordsOf(error: unknown): { readonly title: string; readonly detail: string | undefined } {
  if (error instanceof RequestError) return { title: error.message, detail: error.detail };
  return { title: "Something in this page failed", detail: error instanceof Error ? error.message : undefined };
}

/** In one line, for a field or a short message. */
export function saysWhy(error: unknown): string {
  const { title, detail } = wordsOf(error);
  if (detail === undefined) return title;
  return /[.!?]$/.test(title) ? `${title} ${detail}` : `${title}. ${detail}`;
}

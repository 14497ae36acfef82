/** A small button that puts a text on the clipboard and says so. */
import { ActionIcon, Tooltip } from "@mantine/core";
import { useTimeout } from "@mantine/hooks";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useState } from "react";
import { copyToClipboard } from "./copy-to-clipboard.ts";
import { sayFailed } from "./say.ts";

export function CopyText({ text, label }: { readonly text: string; readonly label: string }) {
  const [copied, setCopied] = useState(false);
  const { start } = useTimeout(() => setCopied(false), 2000);
  const copy = async () => {
    try {
      await copyToClipboard(text);
      setCopied(true);
      start();
    } catch (error) {
      sayFailed("It was not copied", error);
    }
  };
  return (
    <Tooltip label={copied ? "Copied" : label}>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="sm"
        aria-label={copied ? "Copied" : label}
        onClick={() => void copy()}
      >
        {copied ? <IconCheck size={15} /> : <IconCopy size={15} />}
      </ActionIcon>
    </Tooltip>
  );
}

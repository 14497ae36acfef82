/** An empty list of fixes means different things: nothing fits the filters, or nobody asked for one. */
import { Button } from "@mantine/core";
import { IconTool } from "@tabler/icons-react";
import { Empty } from "../../ui/empty.tsx";
import { NothingFits } from "../../ui/nothing-fits.tsx";

interface Properties {
  readonly filtered: boolean;
  readonly onClear: () => void;
  readonly onAsk: () => void;
}

export function NoFixes({ filtered, onClear, onAsk }: Properties) {
  if (filtered) {
    return <NothingFits what="fix" onClear={onClear} />;
  }
  return (
    <Empty
      icon={IconTool}
      title="No fix yet"
      action={
        <Button variant="default" onClick={onAsk}>
          Ask for a fix
        </Button>
      }
    >
      Sallyport edits the files, scans the result, and opens a pull request only if the problem is gone and nothing
      worse came in. People ask for fixes here, at an issue, or by replying <code>/sallyport fix</code> in a pull
      request; policies may ask, too.
    </Empty>
  );
}

/** The same list as files that spreadsheets and programs open; the server writes them. */
import { Button } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { stringifySearch } from "../search-text.ts";

interface Properties {
  /** What the files hold: "Pipelines". */
  readonly what: string;
  /** Without the ending: `/api/pipelines`. */
  readonly address: string;
  readonly query?: Readonly<Record<string, unknown>>;
  /** What stands on each button, by the ending of its file. */
  readonly formats?: Readonly<Record<string, string>>;
}

const usual = { json: "JSON", csv: "CSV" };

export function DownloadLinks({ what, address, query = {}, formats = usual }: Properties) {
  return Object.entries(formats).map(([ending, label]) => (
    <Button
      key={ending}
      component="a"
      variant="default"
      leftSection={<IconDownload size={16} />}
      aria-label={`${what} as ${label}`}
      href={`${address}.${ending}${stringifySearch(query)}`}
      download
    >
      {label}
    </Button>
  ));
}

/** The figures of a part as a table that spreadsheets open; the server writes it. */
import { Button } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import type { DashboardPart } from "#api/dashboards/contract.ts";
import { stringifySearch } from "../../search-text.ts";
import type { DashboardQuery } from "./query-of.ts";

interface Properties {
  readonly part: DashboardPart;
  readonly title: string;
  readonly of: DashboardQuery;
}

export function CsvLink({ part, title, of }: Properties) {
  return (
    <Button
      component="a"
      variant="subtle"
      color="gray"
      size="compact-sm"
      leftSection={<IconDownload size={14} />}
      aria-label={`${title} as CSV`}
      href={`/api/dashboards.csv${stringifySearch({ ...of, part })}`}
      download
    >
      CSV
    </Button>
  );
}

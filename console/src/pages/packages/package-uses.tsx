/** Who uses a package: each manifest that names it, with the version, the line, and since when. */
import { Button } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import type { PackageDetail, PackageUse } from "#api/packages/contract.ts";
import { ask } from "../../api.ts";
import { Moment } from "../../ui/moment.tsx";
import { OutsideLink } from "../../ui/outside-link.tsx";
import { Panel } from "../../ui/panel.tsx";
import { type Column, DataTable } from "../../ui/table/data-table.tsx";
import { Listing } from "../../ui/table/listing.tsx";
import { PastEnd, pageSize } from "../../ui/table/paged-table.tsx";
import { Pager } from "../../ui/table/pager.tsx";
import { Badge } from "../../ui/tag.tsx";
import { relationLabels } from "../../ui/words.ts";
import classes from "./packages.module.css";

const route = getRouteApi("/signed-in/packages/$ecosystem/$");

const columns: Column<PackageUse>[] = [
  {
    id: "repository",
    header: "Repository",
    cell: ({ row: { original: row } }) => (
      <div className={classes.name}>
        <Link to="/packages" search={{ repositoryId: row.repository.id }}>
          {row.repository.name}
        </Link>
        <div className={classes.quiet}>
          {row.repository.project}, {row.branch}
        </div>
      </div>
    ),
  },
  {
    id: "version",
    header: "Version",
    cell: ({ row }) => row.original.version ?? <span className={classes.quiet}>Not known</span>,
  },
  {
    id: "manifest",
    header: "Stands in",
    cell: ({ row: { original: row } }) => (
      <span className={classes.path}>
        <Place use={row} />
      </span>
    ),
  },
  {
    id: "relation",
    header: "Comes in",
    meta: { wideOnly: true },
    cell: ({ row: { original: row } }) => (
      <span className={classes.marks}>
        {relationLabels[row.relation]}
        {row.isDevelopment ? <Badge>Development</Badge> : null}
      </span>
    ),
  },
  {
    id: "since",
    header: "Since",
    meta: { wideOnly: true, width: 130 },
    cell: ({ row }) => <Moment at={row.original.since} />,
  },
];

function Place({ use: { path, line, webUrl } }: { readonly use: PackageUse }) {
  const place = `${path}:${line}`;
  return webUrl === null ? <code>{place}</code> : <OutsideLink href={webUrl}>{place}</OutsideLink>;
}

export function PackageUses({ detail: { ecosystem, key } }: { readonly detail: PackageDetail }) {
  const { version, page = 1 } = route.useSearch();
  const navigate = useNavigate({ from: "/packages/$ecosystem/$" });
  const query = useQuery(
    ask.packageUses({ ecosystem, key }, { version, offset: (page - 1) * pageSize, limit: pageSize }),
  );
  const toPage = (next: number) => void navigate({ search: { version, page: next } });
  const all = () => void navigate({ search: {}, replace: true });
  return (
    <Panel
      title="Who uses it"
      flush
      aside={
        version === undefined ? undefined : (
          <Button variant="default" size="compact-sm" rightSection={<IconX size={13} />} onClick={all}>
            Only {version}
          </Button>
        )
      }
    >
      <Listing
        query={query}
        isEmpty={({ total }) => total === 0}
        empty={<p className={classes.foot}>Nobody uses {version === undefined ? "it" : version} any more.</p>}
      >
        {({ rows, total }) =>
          rows.length === 0 ? (
            <PastEnd onLast={() => toPage(Math.ceil(total / pageSize))} />
          ) : (
            <>
              <DataTable
                label="Who uses it"
                columns={columns}
                rows={rows}
                rowId={(use) =>
                  `${use.repository.id} ${use.branch} ${use.manifest} ${use.purl} ${use.path} ${use.line}`
                }
                stale={query.isPlaceholderData}
              />
              <Pager page={page} size={pageSize} total={total} one="place" onPage={toPage} />
            </>
          )
        }
      </Listing>
    </Panel>
  );
}

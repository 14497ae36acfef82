/** What is known of an organization, and of the rest why not, what would help, and which rules wait for it. */
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import type { Capability, PostureOrganization } from "#api/posture/contract.ts";
import { ask } from "../../api.ts";
import { countOf, sayCount } from "../../ui/amounts.ts";
import { PanelStack } from "../../ui/columns.tsx";
import { Fold } from "../../ui/fold.tsx";
import { ItemList } from "../../ui/item-list.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Panel } from "../../ui/panel.tsx";
import { whyUnknownLabels } from "../../ui/posture-words.ts";
import { type Column, DataTable } from "../../ui/table/data-table.tsx";
import { Listing } from "../../ui/table/listing.tsx";
import { Badge, Tag } from "../../ui/tag.tsx";
import classes from "./posture-facts.module.css";
import { PosturePage } from "./posture-page.tsx";
import { WhatHelps } from "./what-helps.tsx";

const route = getRouteApi("/signed-in/posture/facts");

type Row = Capability["rows"][number];

export function PostureFactsPage() {
  const { organizationId } = route.useSearch();
  const navigate = useNavigate({ from: "/posture/facts" });
  return (
    <PosturePage
      organizationId={organizationId}
      onOrganization={(next) => void navigate({ search: { organizationId: next }, replace: true })}
    >
      {(organization) => <Known key={organization.id} organization={organization} />}
    </PosturePage>
  );
}

function Known({ organization }: { readonly organization: PostureOrganization }) {
  const query = useQuery(ask.postureCapability(organization.id));
  return (
    <Listing query={query} isEmpty={() => false} empty={null}>
      {({ rules, fed, rows }) => {
        const missing = rows.filter(({ state }) => state !== "known");
        return (
          <PanelStack>
            <p className={classes.lead}>
              {fed === rules ? "All" : sayCount(fed)} of {countOf(rules, "rule")} have the facts that they need
              {fed === rules ? "." : ", at least of some project. What is not known is never taken for good."}
            </p>
            {missing.length === 0 ? null : (
              <Panel title="What is not known" flush>
                <ItemList>
                  {missing.map((row) => (
                    <Missing key={row.key} row={row} organization={organization} />
                  ))}
                </ItemList>
              </Panel>
            )}
            <Panel title="What is known" flush>
              <DataTable
                label="What is known"
                columns={columns}
                rows={rows.filter(({ state }) => state !== "unknown")}
                rowId={({ key }) => key}
              />
            </Panel>
          </PanelStack>
        );
      }}
    </Listing>
  );
}

interface MissingProperties {
  readonly row: Row;
  readonly organization: PostureOrganization;
}

function Missing({ row, organization }: MissingProperties) {
  const { title, state, reasons, waiting, known, unknown } = row;
  return (
    <li className={classes.missing}>
      <div className={classes.head}>
        <strong>{capital(title)}</strong>
        <Tag tone={state === "partly" ? "warning" : "quiet"}>
          {state === "partly" ? `Known of ${known} of ${countOf(known + unknown, "project")}` : "Not known"}
        </Tag>
        {row.isUndocumented ? <Badge>Undocumented call</Badge> : null}
      </div>
      {reasons.map(({ why, reason, projects }) => (
        <div key={reason} className={classes.reason}>
          <p>
            <strong>{whyUnknownLabels[why]}.</strong> {reason}
          </p>
          {projects.length === 0 ? null : <p className={classes.quiet}>{projects.join(", ")}</p>}
          <WhatHelps why={why} scope={row.scope} organization={organization} />
        </div>
      ))}
      {waiting.length === 0 ? (
        <p className={classes.quiet}>No rule waits for it alone.</p>
      ) : (
        <Fold summary={`${countOf(waiting.length, "rule")} ${waiting.length === 1 ? "waits" : "wait"} for it`}>
          <ul className={classes.waiting}>
            {waiting.map((rule) => (
              <li key={rule.id}>
                <Link
                  to="/posture/rules/$"
                  params={{ _splat: rule.id }}
                  search={{ organizationId: organization.id }}
                  className={classes.plain}
                >
                  {rule.title}
                </Link>
              </li>
            ))}
          </ul>
        </Fold>
      )}
    </li>
  );
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const columns: readonly Column<Row>[] = [
  { id: "what", header: "Facts", cell: ({ row }) => capital(row.original.title) },
  {
    id: "of",
    header: "Of",
    meta: { width: 180 },
    cell: ({ row: { original: row } }) =>
      row.of === "organization" ? (
        <span className={classes.quiet}>The organization</span>
      ) : (
        countOf(row.known, "project")
      ),
  },
  {
    id: "scope",
    header: "Read with",
    meta: { width: 250, wideOnly: true },
    cell: ({ row }) =>
      row.original.scope === null ? (
        <span className={classes.quiet}>Any token</span>
      ) : (
        <code>{row.original.scope}</code>
      ),
  },
  {
    id: "rules",
    header: "Rules",
    meta: { width: 90, align: "right" },
    cell: ({ row }) => sayCount(row.original.rules),
  },
  {
    id: "read",
    header: "Read",
    meta: { width: 150, align: "right" },
    cell: ({ row }) => (row.original.readAt === null ? "" : <Moment at={row.original.readAt} />),
  },
];

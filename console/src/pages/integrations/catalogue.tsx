/** The vendors that can be connected. */
import { Anchor } from "@mantine/core";
import type { UseQueryResult } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { Integrations } from "#api/integrations/contract.ts";
import { countOf } from "../../ui/amounts.ts";
import { AzureDevOpsMark } from "../../ui/azure-devops-mark.tsx";
import classes from "./integrations.module.css";

interface Properties {
  readonly query: UseQueryResult<Integrations, Error>;
  readonly search: string;
  readonly vendor: string | undefined;
  readonly administers: boolean;
}

export function Catalogue({ query, search, vendor, administers }: Properties) {
  const rows = (query.data?.rows ?? []).filter(
    (row) =>
      (vendor === undefined || row.vendor === vendor) &&
      `${row.name} ${row.category} ${row.description}`.toLowerCase().includes(search.toLowerCase()),
  );
  if (rows.length === 0) return null;
  return (
    <ul className={classes.catalogue} aria-label="Vendors">
      {rows.map((row) => (
        <li key={row.vendor} className={classes.vendor}>
          <AzureDevOpsMark size={36} />
          <div>
            <strong>{row.name}</strong> <span className={classes.quiet}>{row.category}</span>
            <p className={classes.description}>{row.description}</p>
            <span className={classes.quiet}>
              {row.instances === 0 ? "Not connected" : countOf(row.instances, "instance")}
              {administers ? (
                <>
                  {" · "}
                  <Anchor component={Link} to="/settings/integrations/new" fz="inherit">
                    {row.instances === 0 ? "Connect" : "Connect another"}
                  </Anchor>
                </>
              ) : null}
            </span>
          </div>
        </li>
      ))}
    </ul>
  );
}

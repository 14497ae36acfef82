/** The vendors that can be connected; the button to do so appears under the pointer and for the keyboard. */
import { IconPlus } from "@tabler/icons-react";
import type { UseQueryResult } from "@tanstack/react-query";
import type { Integrations } from "#api/integrations/contract.ts";
import { countOf } from "../../ui/amounts.ts";
import { AzureDevOpsMark } from "../../ui/azure-devops-mark.tsx";
import { LinkButton } from "../../ui/link-button.tsx";
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
          <div className={classes.words}>
            <strong>{row.name}</strong> <span className={classes.quiet}>{row.category}</span>
            <p className={classes.description}>{row.description}</p>
            <div className={classes.foot}>
              <span className={classes.quiet}>
                {row.instances === 0 ? "Not connected" : countOf(row.instances, "instance")}
              </span>
              {administers ? (
                <LinkButton
                  to="/settings/integrations/new"
                  size="compact-md"
                  leftSection={<IconPlus size={15} />}
                  className={classes.add}
                >
                  {row.instances === 0 ? "Add" : "Add Another Instance"}
                </LinkButton>
              ) : null}
            </div>
          </div>
        </li>
      ))}
    </ul>
  );
}

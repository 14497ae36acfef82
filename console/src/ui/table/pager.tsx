/** Which part of a list is shown, and the way to the others. */
import { Pagination } from "@mantine/core";
import { countOf, sayCount } from "../amounts.ts";
import classes from "./pager.module.css";

interface Properties {
  readonly page: number;
  readonly size: number;
  readonly total: number;
  readonly one: string;
  readonly many?: string;
  readonly onPage: (page: number) => void;
}

export function Pager({ page, size, total, one, many, onPage }: Properties) {
  const pages = Math.ceil(total / size);
  const first = (page - 1) * size + 1;
  return (
    <div className={classes.pager}>
      <span role="status">
        {pages > 1 ? `${sayCount(first)} to ${sayCount(Math.min(total, page * size))} of ` : ""}
        {countOf(total, one, many)}
      </span>
      {pages > 1 ? (
        <Pagination
          size="sm"
          total={pages}
          value={page}
          onChange={onPage}
          getControlProps={(control) => ({ "aria-label": `${control} page` })}
          getItemProps={(item) => ({ "aria-label": `Page ${item}` })}
        />
      ) : null}
    </div>
  );
}

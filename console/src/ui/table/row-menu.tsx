/** The menu of one row of a table, shown where it was asked for; closing it gives the focus back. */
import { Menu } from "@mantine/core";
import { useWindowEvent } from "@mantine/hooks";
import { type ReactNode, useRef, useState } from "react";

interface Place<Row> {
  readonly row: Row;
  readonly x: number;
  readonly y: number;
}

export interface RowMenuState<Row> {
  readonly place: Place<Row> | undefined;
  readonly openAt: (row: Row, x: number, y: number) => void;
  readonly close: () => void;
}

export function useRowMenu<Row>(): RowMenuState<Row> {
  const [place, setPlace] = useState<Place<Row>>();
  const before = useRef<Element>(null);
  return {
    place,
    openAt(row, x, y) {
      before.current = document.activeElement;
      setPlace({ row, x, y });
    },
    close() {
      setPlace(undefined);
      if (before.current instanceof HTMLElement) before.current.focus({ preventScroll: true });
    },
  };
}

interface Properties<Row> {
  readonly state: RowMenuState<Row>;
  readonly items: (row: Row) => ReactNode;
  readonly name: ((row: Row) => string) | undefined;
}

export function RowMenu<Row>({ state, items, name }: Properties<Row>) {
  const { place, close } = state;
  // The menu itself hears Escape only once the focus has moved into it.
  useWindowEvent("keydown", (event) => {
    if (event.key === "Escape" && place !== undefined) close();
  });
  return (
    <Menu
      opened={place !== undefined}
      onChange={(opened) => {
        if (!opened) close();
      }}
      position="bottom-start"
      offset={2}
      width={270}
      returnFocus={false}
      // Not by keys: the very press that opens the menu would close it.
      clickOutsideEvents={["mousedown", "touchstart"]}
      transitionProps={{ duration: 0 }}
    >
      <Menu.Target>
        {/* An invisible point to hang the menu from. */}
        <button
          type="button"
          tabIndex={-1}
          aria-hidden="true"
          aria-label={place === undefined ? "Actions" : `Actions of ${name?.(place.row) ?? "this row"}`}
          style={{
            position: "fixed",
            left: place?.x ?? 0,
            top: place?.y ?? 0,
            width: 0,
            height: 0,
            padding: 0,
            border: 0,
            opacity: 0,
            pointerEvents: "none",
          }}
        />
      </Menu.Target>
      <Menu.Dropdown>{place === undefined ? null : items(place.row)}</Menu.Dropdown>
    </Menu>
  );
}

/** An address that leads nowhere. */
import { Anchor } from "@mantine/core";
import { IconMapPinOff } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { Empty } from "./empty.tsx";
import { useTitle } from "./page.tsx";

export function NotFound() {
  useTitle("Not found");
  return (
    <Empty icon={IconMapPinOff} title="There is no such page">
      The address may be mistyped, or what it led to was deleted. The{" "}
      <Anchor component={Link} to="/">
        overview
      </Anchor>{" "}
      shows everything that is there.
    </Empty>
  );
}

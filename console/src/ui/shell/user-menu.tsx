/** Who is signed in, with what, and the way out. */
import { Avatar, Menu, UnstyledButton } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconApi, IconLock, IconLogout } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import type { Session } from "#api/session/contract.ts";
import { tell } from "../../api.ts";
import { Dialog } from "../dialog.tsx";
import { sayFailed } from "../say.ts";
import { ChangePassword } from "./change-password.tsx";
import classes from "./shell.module.css";

interface Properties {
  readonly user: NonNullable<Session["user"]>;
  readonly version: string;
}

export function UserMenu({ user, version }: Properties) {
  const client = useQueryClient();
  const router = useRouter();
  const [opened, dialog] = useDisclosure(false);
  const signOut = async () => {
    try {
      await tell.signOut();
    } catch (error) {
      sayFailed("You are still signed in", error);
      return;
    }
    client.clear();
    await router.navigate({ to: "/sign-in" });
  };
  return (
    <>
      <Menu position="top-start" width={220}>
        <Menu.Target>
          <UnstyledButton className={classes.user}>
            <Avatar size={30} radius="xl" color="copper" name={user.name} aria-hidden="true" />
            <span style={{ minWidth: 0 }}>
              <div className={classes.userName}>{user.name}</div>
              <div className={classes.userRole}>{user.role === "administrator" ? "Administrator" : "Member"}</div>
            </span>
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>Sallyport {version}</Menu.Label>
          <Menu.Item component="a" href="/openapi.json" target="_blank" leftSection={<IconApi size={16} />}>
            API description
          </Menu.Item>
          <Menu.Item leftSection={<IconLock size={16} />} onClick={dialog.open}>
            Change your password
          </Menu.Item>
          <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => void signOut()}>
            Sign out
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Dialog title="Change your password" opened={opened} onClose={dialog.close}>
        <ChangePassword onClose={dialog.close} />
      </Dialog>
    </>
  );
}

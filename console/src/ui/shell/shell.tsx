/** The frame around every page of a signed-in person: navigation at the side, or in a drawer where there is no room. */
import { Burger, Drawer } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useSuspenseQuery } from "@tanstack/react-query";
import { Link, Navigate, Outlet, useRouter, useRouterState } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { ask } from "../../api.ts";
import { useLiveNews } from "../../live.ts";
import { Logo } from "../logo.tsx";
import { Navigation } from "./navigation.tsx";
import { SchemeSwitch } from "./scheme-switch.tsx";
import classes from "./shell.module.css";
import { UserMenu } from "./user-menu.tsx";

export function Shell() {
  const { data: session } = useSuspenseQuery(ask.session());
  const [opened, { toggle, close }] = useDisclosure(false);
  const path = useRouterState({ select: (state) => state.location.pathname });
  // The drawer closes whenever another page is shown.
  useEffect(() => {
    if (path !== "") close();
  }, [path, close]);
  if (session.user === null) return <SignedOut />;
  const foot = (
    <div className={classes.foot}>
      <UserMenu user={session.user} version={session.version} />
      <SchemeSwitch />
    </div>
  );
  return (
    <div className={classes.shell}>
      <LiveNews />
      <a href="#main" className={classes.skip}>
        Skip to the content
      </a>
      <header className={classes.top}>
        <Burger opened={opened} onClick={toggle} size="sm" aria-label="Navigation" />
        <Brand />
      </header>
      <aside className={classes.side}>
        <Brand />
        <Navigation role={session.user.role} />
        {foot}
      </aside>
      <Drawer opened={opened} onClose={close} size={280} title={<Brand />} closeButtonProps={{ "aria-label": "Close" }}>
        <Navigation role={session.user.role} />
        {foot}
      </Drawer>
      <main id="main" tabIndex={-1} className={classes.main}>
        <Outlet />
      </main>
    </div>
  );
}

/** The session has ended on the page: whoever signs in again comes back to it. */
function SignedOut() {
  const router = useRouter();
  const [page] = useState(() => router.state.location.href);
  return <Navigate to="/sign-in" search={{ next: page === "/" ? undefined : page }} />;
}

/** A component of its own, so that news begin only once somebody is signed in. */
function LiveNews() {
  useLiveNews();
  return null;
}

function Brand() {
  return (
    <Link to="/" className={classes.brand}>
      <Logo />
      <span>Sallyport</span>
    </Link>
  );
}

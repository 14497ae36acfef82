/** A link of the console that looks like a button. */
import { Button, type ButtonProps } from "@mantine/core";
import { createLink } from "@tanstack/react-router";
import type { AnchorHTMLAttributes, Ref } from "react";

interface Properties extends ButtonProps, Omit<AnchorHTMLAttributes<HTMLAnchorElement>, keyof ButtonProps> {
  readonly ref?: Ref<HTMLAnchorElement>;
}

export const LinkButton = createLink(({ ref, ...properties }: Properties) => (
  <Button component="a" ref={ref} {...properties} />
));

/** Short news to the person at the bottom of the window. */
import { notifications } from "@mantine/notifications";
import { wordsOf } from "./failure.tsx";

const closeButtonProps = { "aria-label": "Close this message" };

export function sayDone(message: string): void {
  notifications.show({ message, color: "copper", closeButtonProps });
}

export function sayFailed(what: string, error: unknown): void {
  const { title, detail } = wordsOf(error);
  notifications.show({ title: what, message: detail ?? title, color: "red", autoClose: 10_000, closeButtonProps });
}

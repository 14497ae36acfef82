/** The box that chooses a row, or all of them. A button, so that the keys of the page go on working after a click on it. */
import { Checkbox } from "@mantine/core";
import classes from "./choose-box.module.css";

interface Properties {
  readonly label: string;
  readonly chosen: boolean | "some";
  readonly onToggle: () => void;
}

export function ChooseBox({ label, chosen, onToggle }: Properties) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: an input would keep the keys of the page for itself
    <button
      type="button"
      role="checkbox"
      aria-checked={chosen === "some" ? "mixed" : chosen}
      aria-label={label}
      className={classes.box}
      onClick={onToggle}
    >
      <Checkbox.Indicator checked={chosen === true} indeterminate={chosen === "some"} size="xs" />
    </button>
  );
}

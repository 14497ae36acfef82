/**
 * The look of the console: weathered copper on stone. vite.config.ts turns it into a style sheet, so it must stay plain
 * data that Node can load.
 */
import { createTheme, type MantineColorsTuple } from "@mantine/core";

const copper: MantineColorsTuple = [
  "#eef8f5",
  "#d8eee8",
  "#b2ddd2",
  "#85c9b9",
  "#5db6a2",
  "#379e89",
  "#1f8370",
  "#17705f",
  "#105a4c",
  "#0b453a",
];

const crimson: MantineColorsTuple = [
  "#fdeef2",
  "#fad8e1",
  "#f3afc0",
  "#ff8098",
  "#ea6b86",
  "#d63d63",
  "#bf1f4a",
  "#a8133d",
  "#8c0d31",
  "#6d0925",
];

const stone: MantineColorsTuple = [
  "#f9f8f5",
  "#f2f0eb",
  "#e8e5de",
  "#dad6cc",
  "#bfb9ad",
  "#989184",
  "#6b665c",
  "#57534a",
  "#3b3832",
  "#24221e",
];

const night: MantineColorsTuple = [
  "#dfe1dc",
  "#bfc3bb",
  "#989d95",
  "#6d7269",
  "#434840",
  "#333831",
  "#262a25",
  "#181b18",
  "#121512",
  "#0c0e0c",
];

export const theme = createTheme({
  primaryColor: "copper",
  primaryShade: { light: 7, dark: 6 },
  colors: { copper, red: crimson, gray: stone, dark: night },
  white: "#ffffff",
  black: "#24221e",
  defaultRadius: 6,
  respectReducedMotion: true,
  cursorType: "pointer",
  fontFamily: '"Segoe UI Variable Text", "Segoe UI", system-ui, -apple-system, "Helvetica Neue", Arial, sans-serif',
  fontFamilyMonospace:
    'ui-monospace, "Cascadia Code", "SF Mono", "JetBrains Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace',
  fontSizes: { xs: "0.75rem", sm: "0.8125rem", md: "0.875rem", lg: "1rem", xl: "1.125rem" },
  headings: {
    fontWeight: "600",
    sizes: {
      h1: { fontSize: "1.375rem", lineHeight: "1.3" },
      h2: { fontSize: "1rem", lineHeight: "1.4" },
      h3: { fontSize: "0.875rem", lineHeight: "1.4" },
    },
  },
  components: {
    // A link in a text must not be told by its colour alone.
    Anchor: { defaultProps: { underline: "always" } },
    Button: { defaultProps: { size: "sm" } },
    TextInput: { defaultProps: { size: "sm" } },
    // A scroll lock would add a <style> at run time; styles.css does it with :has() instead.
    Modal: { defaultProps: { lockScroll: false, centered: true } },
    Drawer: { defaultProps: { lockScroll: false } },
    Tooltip: { defaultProps: { openDelay: 350, withArrow: true } },
    // Its placeholder for the first focus stands in the menu without being an item.
    Menu: { defaultProps: { shadow: "md", radius: 8, withInitialFocusPlaceholder: false } },
  },
});

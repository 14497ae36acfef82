/** How the console is built and, while it is worked on, served beside a running Sallyport. */
import { convertCssVariables, DEFAULT_THEME, defaultCssVariablesResolver, mergeMantineTheme } from "@mantine/core";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";
import { theme } from "./src/theme.ts";

const server = "http://127.0.0.1:8700";

/** Writes the theme's variables into a style sheet: at run time Mantine would add a <style> that the policy refuses. */
function themeStyleSheet(): Plugin {
  const address = "/theme-variables.css";
  return {
    name: "theme-style-sheet",
    resolveId: (id) => (id === "virtual:theme.css" ? address : undefined),
    load: (id) =>
      id === address
        ? convertCssVariables(defaultCssVariablesResolver(mergeMantineTheme(DEFAULT_THEME, theme)), ":root")
        : undefined,
  };
}

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), themeStyleSheet()],
  build: {
    outDir: "dist",
    emptyOutDir: true,
    target: "es2023",
    // A data: address would need a wider content security policy than 'self'.
    assetsInlineLimit: 0,
    // Its helper is only for browsers older than the target.
    modulePreload: { polyfill: false },
  },
  server: {
    port: 8701,
    proxy: {
      "/api": server,
      "/sign-in": { target: server, bypass: (request) => (request.url === "/sign-in" ? "/index.html" : undefined) },
    },
  },
});

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const backend = process.env.BACKEND ?? "http://127.0.0.1:8000";

/** The script that the gateway's iframe page loads: the same version, and from our own origin, as this client uses. */
const iframeScript: Plugin = {
  name: "sockjs-for-the-iframe-page",
  generateBundle() {
    const source = readFileSync(at("./node_modules/sockjs-client/dist/sockjs.min.js"), "utf8");
    this.emitFile({
      type: "asset",
      fileName: "sockjs.min.js",
      source: source.replace(/\n\/\/# sourceMappingURL=.*/, ""),
    });
  },
};

export default defineConfig({
  plugins: [svelte(), iframeScript],
  // sockjs-client is written for Node's module system and reaches for its global object.
  define: { global: "globalThis" },
  resolve: {
    alias: { $lib: at("./src/lib"), $generated: at("./src/generated"), $components: at("./src/components") },
  },
  build: {
    outDir: "dist",
    target: "es2022",
    // The page is served with `default-src 'self'`: no data: addresses, no inline polyfill.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: {
    host: "127.0.0.1",
    proxy: {
      "/api": backend,
      "/media": backend,
      "/admin": backend,
      "/static": backend,
      "/ws": { target: backend, ws: true },
    },
  },
  test: { include: ["tests/**/*.test.ts"], environment: "node" },
});

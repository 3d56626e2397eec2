import { fileURLToPath } from "node:url";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vitest/config";

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const backend = process.env.BACKEND ?? "http://127.0.0.1:8000";

export default defineConfig({
  plugins: [svelte()],
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
      "/ws": { target: backend, ws: true },
    },
  },
  test: { include: ["tests/**/*.test.ts"], environment: "node" },
});

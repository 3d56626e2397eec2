import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, type Manifest } from "vite";
import { afterAll, beforeAll, expect, test } from "vitest";
import { GAMES } from "../src/games";

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "gamehub-bundle-"));
let manifest: Manifest;

beforeAll(async () => {
  await build({ root, logLevel: "error", build: { outDir: folder, manifest: true } });
  manifest = JSON.parse(readFileSync(join(folder, ".vite/manifest.json"), "utf8")) as Manifest;
}, 60_000);

afterAll(() => rmSync(folder, { recursive: true }));

/** The files a browser fetches for that chunk: itself, what it imports, and their styles. */
function fetched(key: string, seen = new Set<string>()): Set<string> {
  const chunk = manifest[key];
  if (!chunk || seen.has(chunk.file)) return seen;
  for (const file of [chunk.file, ...(chunk.css ?? [])]) seen.add(file);
  for (const next of chunk.imports ?? []) fetched(next, seen);
  return seen;
}

const games = Object.keys(GAMES).map((name) => `src/games/${name}/index.ts`);

test.each(games)("%s is a file of its own, which neither the page nor another game loads", (game) => {
  const { file, css = [], isDynamicEntry } = manifest[game] ?? {};
  const others = ["index.html", ...games.filter((one) => one !== game)].map((one) => fetched(one));
  expect(isDynamicEntry).toBe(true);
  expect(others.flatMap((files) => [file ?? "", ...css].filter((one) => files.has(one)))).toEqual([]);
});

test("the page holds no words of the quiz, and no address of it", () => {
  const page = [...fetched("index.html")].map((file) => readFileSync(join(folder, file), "utf8")).join("\n");
  const quiz = readFileSync(join(folder, manifest["src/games/quiz/index.ts"]?.file ?? ""), "utf8");
  const marks = ["room.until_hint", "/api/v1/quiz/new", "next_question"];
  expect(marks.map((mark) => [page.includes(mark), quiz.includes(mark)])).toEqual(marks.map(() => [false, true]));
});

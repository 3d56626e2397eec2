import { expect, test, vi } from "vitest";
import { NO_RULES } from "$lib/room/rules";
import { GAMES, titleOf } from "../src/games";
import type { AnyGame } from "../src/games/module";

// What the words ask of a browser.
vi.stubGlobal("localStorage", { getItem: () => null });
vi.stubGlobal("document", { documentElement: {} });
vi.stubGlobal("navigator", { languages: ["en"] });
const { Games } = await import("$lib/games.svelte");
const { errorText } = await import("$lib/i18n/index.svelte");

const words = { "error.no_such_square": "There is no such square." };
const chess = {
  rules: { reduce: (view: unknown) => view },
  words: { en: words, ru: words, uk: words },
} as unknown as AnyGame;

test("a game is loaded once, when it is asked for, and its words are known from then on", async () => {
  let loads = 0;
  const games = new Games({ chess: () => Promise.resolve({ default: chess }).finally(() => loads++) });
  expect([games.status("chess"), games.known("chess"), errorText("no_such_square", "?")]).toEqual([
    "loading",
    undefined,
    "?",
  ]);
  await Promise.all([games.load("chess"), games.load("chess")]);
  expect([games.status("chess"), games.known("chess"), loads]).toEqual([chess, chess.rules, 1]);
  expect(errorText("no_such_square", "?")).toBe("There is no such square.");
});

test.each(["go", "constructor", "__proto__"])("the game %s, which nobody knows, is no exception", async (name) => {
  const games = new Games({ chess: () => Promise.resolve({ default: chess }) });
  expect([games.status(name), games.known(name), games.module(name)]).toEqual(["missing", NO_RULES, null]);
  expect(await games.load(name)).toBe(NO_RULES);
});

test("a game that can't be loaded has a room without rules, and may be tried again", async () => {
  let loads = 0;
  const games = new Games({
    chess: () => (loads++ ? Promise.resolve({ default: chess }) : Promise.reject(new Error())),
  });
  expect([await games.load("chess"), games.status("chess")]).toEqual([NO_RULES, "failed"]);
  expect([await games.load("chess"), games.status("chess")]).toEqual([chess.rules, chess]);
});

test("every game has a title in each language, and an unknown one its name", () => {
  const titles = Object.keys(GAMES).map((game) => ["en", "ru", "uk"].map((language) => titleOf(game, language)));
  expect(titles[0]).toEqual(["Quiz", "Викторина", "Вікторина"]);
  expect(titles.flat().filter((title) => title in GAMES)).toEqual([]);
  expect([titleOf("go", "en"), titleOf("quiz", "xx")]).toEqual(["go", "Quiz"]);
});

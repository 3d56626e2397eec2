import { expect, test, vi } from "vitest";
import { NO_RULES } from "$lib/room/rules";
import { GAMES, titleOf } from "../src/games";
import type { AnyGame } from "../src/games/module";

// What the words ask of a browser.
vi.stubGlobal("localStorage", { getItem: () => null, setItem: () => undefined });
vi.stubGlobal("document", { documentElement: {} });
vi.stubGlobal("navigator", { languages: ["en"] });
const { Games } = await import("$lib/games.svelte");
const { errorText, LANGUAGES, setLanguage } = await import("$lib/i18n/index.svelte");
const { nameOf } = await import("../src/games/quiz/words");

const words = { "error.no_such_square": "There is no such square." };
const chess = {
  rules: { reduce: (view: unknown) => view },
  words: Object.fromEntries(Object.keys(LANGUAGES).map((code) => [code, words])),
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
  const titles = Object.keys(GAMES).map((game) => Object.keys(LANGUAGES).map((language) => titleOf(game, language)));
  expect(titles[0]).toEqual(["Quiz", "Викторина", "Вікторина", "Quiz"]);
  expect(titles.flat().filter((title) => title in GAMES)).toEqual([]);
  expect([titleOf("go", "en"), titleOf("quiz", "xx")]).toEqual(["go", "Quiz"]);
});

test("a category of the quiz is called as in the player's language, or as in the room's", () => {
  const capitals = { id: 3, name: "Capitals", names: { en: "Capitals", de: "Hauptstädte" } };
  const said = Object.keys(LANGUAGES).map((language) => {
    setLanguage(language);
    return [nameOf(capitals), nameOf({ id: 4, name: "Rivers" })];
  });
  setLanguage("en");
  expect(said.map(([first]) => first)).toEqual(["Capitals", "Capitals", "Capitals", "Hauptstädte"]);
  expect(said.map(([, second]) => second)).toEqual(["Rivers", "Rivers", "Rivers", "Rivers"]);
});

import { describe, expect, test } from "vitest";
import { en } from "$lib/i18n/en";
import { MESSAGES } from "$lib/i18n/languages";
import { format, type Message } from "$lib/i18n/messages";
import { ru } from "$lib/i18n/ru";

type Words = Readonly<Record<string, Message>>;
/** Whose words they are -> language -> words. A game's are in `games/<name>/words/<language>.ts`. */
const VOCABULARIES: Record<string, Record<string, Words>> = { platform: MESSAGES };
for (const [path, file] of Object.entries(
  import.meta.glob<Record<string, Words>>("../src/games/*/words/*.ts", { eager: true }),
)) {
  const [game = "", code = ""] = path.replace(/^.*games\/|\.ts$/g, "").split("/words/");
  VOCABULARIES[game] = { ...VOCABULARIES[game], [code]: file[code] as Words };
}
const CASES = Object.entries(VOCABULARIES).flatMap(([whose, words]) =>
  Object.keys(words).map((code) => [whose, code] as const),
);

const forms = (message: Message): string[] => (typeof message === "string" ? [message] : Object.values(message));
const places = (text: string): string[] => [...text.matchAll(/\{\w+\}/g)].map((match) => match[0]).sort();

test("every vocabulary is there in every language", () => {
  const languages = Object.values(VOCABULARIES).map((words) => Object.keys(words).sort());
  expect(languages).toEqual(Object.keys(VOCABULARIES).map(() => Object.keys(VOCABULARIES.platform ?? {}).sort()));
});

describe.each(CASES)("words of %s in %s", (whose, code) => {
  const messages = VOCABULARIES[whose]?.[code] as Words;
  const english = VOCABULARIES[whose]?.en as Words;
  const KEYS = Object.keys(english);

  test("has exactly the keys of English", () => {
    expect(Object.keys(messages).sort()).toEqual([...KEYS].sort());
  });

  test("has no empty text", () => {
    expect(KEYS.filter((key) => forms(messages[key] ?? "").some((text) => !text.trim()))).toEqual([]);
  });

  test("fills the same places as English", () => {
    const wanted = (key: string) => places(forms(english[key] ?? "")[0] ?? "");
    const wrong = KEYS.filter((key) =>
      forms(messages[key] ?? "").some((text) => `${places(text)}` !== `${wanted(key)}`),
    );
    expect(wrong).toEqual([]);
  });

  test("has every plural form that its numbers need", () => {
    const rules = new Intl.PluralRules(code).resolvedOptions().pluralCategories;
    const plurals = KEYS.filter((key) => typeof messages[key] === "object");
    const missing = plurals.filter((key) => rules.some((rule) => !(rule in (messages[key] as object))));
    expect(plurals.length).toBeGreaterThan(0);
    expect(missing).toEqual([]);
  });
});

test("plurals follow the language", () => {
  const said = [1, 3, 5, 21].map((n) => format(ru, "ru", "lobby.players", { n }));
  expect(said).toEqual(["1 игрок", "3 игрока", "5 игроков", "21 игрок"]);
});

test("a place without a value stays visible", () => {
  expect(format(en, "en", "lobby.greeting")).toBe("Hello, {name}");
});

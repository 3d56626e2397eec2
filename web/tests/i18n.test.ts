import { describe, expect, test } from "vitest";
import { en } from "$lib/i18n/en";
import { MESSAGES } from "$lib/i18n/languages";
import { format, type Key, type Message, type Messages } from "$lib/i18n/messages";
import { ru } from "$lib/i18n/ru";

const LANGUAGES: Record<string, Messages> = MESSAGES;
const KEYS = Object.keys(en) as Key[];

const forms = (message: Message): string[] => (typeof message === "string" ? [message] : Object.values(message));
const places = (text: string): string[] => [...text.matchAll(/\{\w+\}/g)].map((match) => match[0]).sort();

describe.each(Object.keys(LANGUAGES))("language %s", (code) => {
  const messages = LANGUAGES[code] as Messages;

  test("has exactly the keys of English", () => {
    expect(Object.keys(messages).sort()).toEqual([...KEYS].sort());
  });

  test("has no empty text", () => {
    expect(KEYS.filter((key) => forms(messages[key]).some((text) => !text.trim()))).toEqual([]);
  });

  test("fills the same places as English", () => {
    const wanted = (key: Key) => places(forms(en[key])[0] ?? "");
    const wrong = KEYS.filter((key) => forms(messages[key]).some((text) => `${places(text)}` !== `${wanted(key)}`));
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

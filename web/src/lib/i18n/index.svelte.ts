/** The language in use. Chosen by the player, else by the browser, else English. */
import { FIRST, LANGUAGES, type Language, MESSAGES } from "./languages";
import { format, type Key, type Message, type Messages, type Values } from "./messages";

export { FIRST, LANGUAGES, type Language };

const STORED = "gamehub.language";

let current = $state<Language>(firstLanguage());

export function language(): Language {
  return current;
}

export function setLanguage(next: string): void {
  if (!isLanguage(next)) return;
  current = next;
  localStorage.setItem(STORED, next);
  document.documentElement.lang = next;
}

/** Whether this browser's player has chosen a language here before. */
export function languageWasChosen(): boolean {
  return localStorage.getItem(STORED) !== null;
}

export function t(key: Key, values?: Values): string {
  return format(MESSAGES[current], current, key, values);
}

/** What a game's module brings: its words in each language. */
export type GameWords = Readonly<Record<Language, Readonly<Record<string, Message>>>>;

/** A `t` for words that are not the platform's. */
export function translator<Keys extends string>(messages: Readonly<Record<Language, Messages<Keys>>>) {
  return (key: Keys, values?: Values): string => format(messages[current], current, key, values);
}

/** Words of the games that were loaded: for codes whose meaning only they know. */
let gameWords = $state.raw<readonly GameWords[]>([]);

export function addWords(words: GameWords): void {
  gameWords = [...gameWords, words];
}

/** The text of a key that may be the platform's or a loaded game's; null where nobody has it. */
export function textOf(key: string): string | null {
  const words = [MESSAGES, ...gameWords].find((one) => Object.hasOwn(one[current], key));
  return words ? format<string>(words[current], current, key) : null;
}

/** Whether we have words of our own for an error code. */
export function knowsError(code: string): boolean {
  return textOf(`error.${code}`) !== null;
}

/** The text for an error code, or the server's own words where we have none. */
export function errorText(code: string, fallback: string): string {
  return textOf(`error.${code}`) ?? (fallback || t("error.unexpected"));
}

/** Why a room closed, or the server's own words where we have none; nothing for a game played to its end. */
export function closingText(reason: string, fallback: string): string {
  return reason === "finished" ? "" : (textOf(`closing.${reason}`) ?? fallback);
}

/** Of texts by language the one for the player, or `fallback` (the room's own) when theirs has none. */
export function inLanguage<T>(texts: Record<string, string> | undefined, fallback: T): string | T {
  return texts?.[current] ?? fallback;
}

export function formatNumber(n: number): string {
  return new Intl.NumberFormat(current).format(n);
}

function firstLanguage(): Language {
  const wanted = [localStorage.getItem(STORED) ?? "", ...navigator.languages.map((tag) => tag.slice(0, 2))];
  const found = wanted.find(isLanguage) ?? FIRST;
  document.documentElement.lang = found;
  return found;
}

function isLanguage(value: string): value is Language {
  return value in LANGUAGES;
}

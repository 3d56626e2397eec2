/** The language in use. Chosen by the player, else by the browser, else English. */
import { en } from "./en";
import { FIRST, LANGUAGES, type Language, MESSAGES } from "./languages";
import { format, type Key, type Values } from "./messages";

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

/** Whether we have words of our own for an error code. */
export function knowsError(code: string): boolean {
  return `error.${code}` in en;
}

/** The text for an error code, or the server's own words where we have none. */
export function errorText(code: string, fallback: string): string {
  return knowsError(code) ? t(`error.${code}` as Key) : fallback || t("error.unexpected");
}

/** Why a room closed, or the server's own words where we have none; nothing for a game played to its end. */
export function closingText(reason: string, fallback: string): string {
  if (reason === "finished") return "";
  return `closing.${reason}` in en ? t(`closing.${reason}` as Key) : fallback;
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

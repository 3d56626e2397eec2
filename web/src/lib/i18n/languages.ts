/** The client's languages, in the order in which they are shown: the one list (tests compare it with the servers'). */
import { de } from "./de";
import { en } from "./en";
import type { Messages } from "./messages";
import { ru } from "./ru";
import { uk } from "./uk";

export const MESSAGES = { en, ru, uk, de } as const satisfies Record<string, Messages>;
export type Language = keyof typeof MESSAGES;

/** Code -> the language's own name. */
export const LANGUAGES = Object.fromEntries(
  Object.entries(MESSAGES).map(([code, messages]) => [code, messages["app.language_name"]]),
) as Record<Language, string>;

/** What is shown when nothing better is known. */
export const FIRST: Language = "en";

/** The quiz's words, and how its components say them. */
import { inLanguage, type Language, translator } from "$lib/i18n/index.svelte";
import type { Messages } from "$lib/i18n/messages";
import type { QuizView } from "./wire";
import { de } from "./words/de";
import { en } from "./words/en";
import { ru } from "./words/ru";
import { uk } from "./words/uk";

export type QuizKey = keyof typeof en;
export type QuizWords = Messages<QuizKey>;

export const words: Record<Language, QuizWords> = { en, ru, uk, de };

/** A text of the quiz; the platform's are said by `t`. */
export const q = translator<QuizKey>(words);

/** A category's name for the player. */
export function nameOf({ name, names }: NonNullable<QuizView["category"]>): string {
  return inLanguage(names, name);
}

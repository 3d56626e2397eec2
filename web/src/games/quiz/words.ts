/** The quiz's words, and how its components say them. */
import { translator } from "$lib/i18n/index.svelte";
import type { Messages } from "$lib/i18n/messages";
import { en } from "./words/en";
import { ru } from "./words/ru";
import { uk } from "./words/uk";

export type QuizKey = keyof typeof en;
export type QuizWords = Messages<QuizKey>;

export const words = { en, ru, uk };

/** A text of the quiz; the platform's are said by `t`. */
export const q = translator<QuizKey>(words);

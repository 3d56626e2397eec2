import type { Language } from "$lib/i18n/languages";

export const title: Record<Language, string> = { en: "Quiz", ru: "Викторина", uk: "Вікторина", de: "Quiz" };

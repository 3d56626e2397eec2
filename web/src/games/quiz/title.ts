export const title = { en: "Quiz", ru: "Викторина", uk: "Вікторина" };

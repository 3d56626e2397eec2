/** The quiz. */
import type { GameModule } from "../module";
import { type QuizMemory, rules } from "./rules";
import Stage from "./Stage.svelte";
import Start from "./Start.svelte";
import type { QuizView } from "./wire";
import { nameOf, words } from "./words";

const quiz: GameModule<QuizView, QuizMemory> = {
  room: Stage,
  rules,
  words,
  start: Start,
  again: (view) =>
    view.category && {
      category: view.category.id,
      questions: view.cnt_questions,
      max_time: view.max_time,
      min_players: view.min_players,
      language: view.language,
    },
  ticket: (row) => {
    const category = row.category as QuizView["category"] | undefined;
    return category ? { text: nameOf(category), tone: category.id } : null;
  },
};

export default quiz;

/** What a player does about rooms, REST and socket together. */

import type { QuizOptions } from "$lib/api/types";
import { api, live } from "$lib/app";
import { navigate } from "$lib/router.svelte";

/** Passwords of private rooms this page has entered, so that "play again" can open another. Never stored. */
const passwords = new Map<number, string>();

export async function openQuiz(options: QuizOptions): Promise<void> {
  const view = await api.newQuiz(options);
  if (options.password) passwords.set(view.room_id, options.password);
  live.adopt(view);
  navigate(`/rooms/${view.room_id}`);
}

export async function joinRoom(id: number, password?: string): Promise<void> {
  const view = await api.joinRoom(id, password);
  if (password) passwords.set(id, password);
  live.adopt(view);
  navigate(`/rooms/${id}`);
}

export async function leaveRoom(id: number): Promise<void> {
  await api.leaveRoom(id);
  live.forget(id);
  navigate("/");
}

/** The same quiz once more. Everybody who asks for it meets in one new room, since it has one name. */
export async function playAgain(id: number): Promise<void> {
  const before = live.rooms[id]?.view;
  if (!before?.category) return;
  const password = passwords.get(id);
  const options = {
    category: before.category.id,
    questions: before.cnt_questions,
    max_time: before.max_time,
    min_players: before.min_players,
    language: before.language,
    ...(password ? { password } : {}),
  };
  const view = await live.enterGame({ game: before.game, name: before.name, options });
  if (password) passwords.set(view.room_id, password);
  navigate(`/rooms/${view.room_id}`);
}

/** What a player does about rooms, REST and socket together. */
import type { Body } from "$lib/api/types";
import { api, games, live } from "$lib/app";
import type { RoomView } from "$lib/room/view";
import { navigate } from "$lib/router.svelte";

/** Passwords of private rooms this page has entered, so that "play again" can open another. Never stored. */
const passwords = new Map<number, string>();

/** Makes a room as `make` does it, and goes there. */
export async function openRoom(make: () => Promise<RoomView>, password?: string): Promise<void> {
  const view = await make();
  enterRoom(view, password);
}

/** The platform's options of a new room; those of its game stand beside them. */
export interface RoomOptions {
  name?: string;
  password?: string;
}

/** A new room of any game, with that game's options. */
export function newRoom(game: string, room: RoomOptions, options: Record<string, unknown>): Promise<void> {
  // The schema knows the options of each game; here they come from a form that was built from them.
  const body = { game, ...room, options } as unknown as Body<"/api/v1/rooms", "post">;
  return openRoom(() => api.newRoom(body), room.password);
}

export async function joinRoom(id: number, password?: string): Promise<void> {
  enterRoom(await api.joinRoom(id, password), password);
}

function enterRoom(view: RoomView, password?: string): void {
  if (password) passwords.set(view.room_id, password);
  live.adopt(view);
  navigate(`/rooms/${view.room_id}`);
}

export async function leaveRoom(id: number): Promise<void> {
  await api.leaveRoom(id);
  live.forget(id);
  navigate("/");
}

/** The options for one more room like this one, or null where its game has none. */
export function optionsAgain(view: RoomView): Record<string, unknown> | null {
  return games.module(view.game)?.again?.(view) ?? null;
}

/** The same game once more. Everybody who asks for it meets in one new room, since it has one name. */
export async function playAgain(before: RoomView): Promise<void> {
  const again = optionsAgain(before);
  if (!again) return;
  const password = passwords.get(before.room_id);
  const options = { ...again, ...(password ? { password } : {}) };
  const view = await live.enterGame({ game: before.game, name: before.name, options });
  if (password) passwords.set(view.room_id, password);
  navigate(`/rooms/${view.room_id}`);
}

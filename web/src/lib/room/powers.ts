/** Which of the owner's buttons to show: what the server says this user may do, as far as it makes sense now. Pure. */
import type { RoomView } from "./view";

/** In the order of the buttons. `kick` is beside each player, not among these. */
export const POWERS = ["start", "pause", "resume", "skip", "lock", "close"] as const;
export type Power = (typeof POWERS)[number];

export function mayManage(view: RoomView, me: number, kind: string): boolean {
  return view.owner === me && view.state !== "closed" && Boolean(view.powers?.includes(kind));
}

/** The buttons for the room as it is: nothing starts twice, only what runs can pause. */
export function powersNow(view: RoomView, me: number): Power[] {
  const paused = (view.paused ?? null) !== null;
  const running = view.state === "running" && !paused;
  const fits: Record<Power, boolean> = {
    start: view.state === "waiting",
    pause: running,
    resume: paused,
    skip: running,
    lock: true,
    close: true,
  };
  return POWERS.filter((kind) => fits[kind] && mayManage(view, me, kind));
}

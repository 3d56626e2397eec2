/**
 * The life of the connection as a pure machine: `step(state, input, chance) -> [state, effects]`.
 *
 *   idle --start--> opening --connected--> online --closed--> waiting --retry--> opening ...
 *                      \______________ closed, won't come back ______________/--> refused
 *
 * It opens no socket and sets no timer; `socket.ts` carries out the effects.
 */

import { backoffMs } from "./backoff";
import { askedDelayMs, comesBack } from "./close-codes";
import type { ClientMessage, ServerMessage } from "./messages";

/** Silence after which we ask whether the server is still there. */
export const PING_AFTER_MS = 25_000;
/** Time the server has to say anything after a ping, or `connected` after opening. */
export const ANSWER_WITHIN_MS = 10_000;
/** A connection that lived this long was a good one: the next cut starts again from the shortest delay. */
export const SETTLED_AFTER_MS = 10_000;

export type Timer = "retry" | "quiet" | "answer" | "settled";

export interface Credentials {
  id: number;
  name: string;
  token: string;
}

export interface Connection {
  phase: "idle" | "opening" | "online" | "waiting" | "refused";
  credentials: Credentials | null;
  attempt: number;
  /** Why it was refused for good, 0 otherwise. */
  code: number;
  reason: string;
  /** Length in ms of the wait in phase `waiting`. */
  waitMs: number;
}

export type Input =
  | { kind: "start"; credentials: Credentials }
  /** The same user has a newer token; the socket ends with the one it knows. */
  | { kind: "refresh"; credentials: Credentials; ref: string }
  | { kind: "stop" }
  | { kind: "opened" }
  | { kind: "message"; message: ServerMessage }
  | { kind: "closed"; code: number; reason: string }
  | { kind: "timer"; timer: Timer }
  /** The page became visible or the network came back: a good moment to try at once. */
  | { kind: "nudge" };

export type Effect =
  | { do: "open" }
  | { do: "close" }
  | { do: "send"; message: ClientMessage }
  | { do: "set_timer"; timer: Timer; ms: number }
  | { do: "clear_timer"; timer: Timer };

export type Step = [Connection, Effect[]];

export const IDLE: Connection = { phase: "idle", credentials: null, attempt: 0, code: 0, reason: "", waitMs: 0 };

const CLEAR_ALL: Effect[] = (["retry", "quiet", "answer", "settled"] as const).map((timer) => ({
  do: "clear_timer",
  timer,
}));

export function step(state: Connection, input: Input, chance: number): Step {
  switch (input.kind) {
    case "start":
      return open({ ...IDLE, credentials: input.credentials });
    case "refresh":
      return refreshed(state, input.credentials, input.ref);
    case "stop":
      return [IDLE, [...CLEAR_ALL, { do: "close" }]];
    case "opened":
      return greet(state);
    case "message":
      return heard(state, input.message);
    case "closed":
      return lost(state, input.code, input.reason, chance);
    case "timer":
      return rang(state, input.timer, chance);
    case "nudge":
      return nudged(state);
  }
}

function open(state: Connection): Step {
  const effects: Effect[] = [...CLEAR_ALL, { do: "close" }, { do: "open" }, answerBy()];
  return [{ ...state, phase: "opening", waitMs: 0 }, effects];
}

function refreshed(state: Connection, credentials: Credentials, ref: string): Step {
  const effects: Effect[] =
    state.phase === "online" ? [{ do: "send", message: { action: "refresh", token: credentials.token, ref } }] : [];
  return [{ ...state, credentials }, effects];
}

function greet(state: Connection): Step {
  if (state.phase !== "opening" || !state.credentials) return [state, []];
  return [state, [{ do: "send", message: { action: "connect", ...state.credentials } }, answerBy()]];
}

function heard(state: Connection, message: ServerMessage): Step {
  if (state.phase === "opening" && message.action === "connected") {
    const settled: Effect = { do: "set_timer", timer: "settled", ms: SETTLED_AFTER_MS };
    return [{ ...state, phase: "online" }, [...quietFromNow(), settled, ping()]];
  }
  return [state, state.phase === "online" ? quietFromNow() : []];
}

function lost(state: Connection, code: number, reason: string, chance: number): Step {
  if (state.phase === "idle" || state.phase === "refused") return [state, []];
  if (!comesBack(code)) return [{ ...state, phase: "refused", code, reason }, [...CLEAR_ALL]];
  const waitMs = askedDelayMs(code, reason) ?? backoffMs(state.attempt, chance);
  const next: Connection = { ...state, phase: "waiting", attempt: state.attempt + 1, waitMs };
  return [next, [...CLEAR_ALL, { do: "set_timer", timer: "retry", ms: waitMs }]];
}

function rang(state: Connection, timer: Timer, chance: number): Step {
  if (timer === "retry" && state.phase === "waiting") return open(state);
  if (timer === "settled" && state.phase === "online") return [{ ...state, attempt: 0 }, []];
  if (timer === "quiet" && state.phase === "online") return [state, [ping(), answerBy()]];
  if (timer === "answer") {
    const [next, effects] = lost(state, 0, "no answer", chance);
    return [next, [{ do: "close" }, ...effects]];
  }
  return [state, []];
}

function nudged(state: Connection): Step {
  if (state.phase === "waiting") return open(state);
  if (state.phase === "online") return [state, [ping(), answerBy()]];
  return [state, []];
}

function ping(): Effect {
  return { do: "send", message: { action: "ping" } };
}

function answerBy(): Effect {
  return { do: "set_timer", timer: "answer", ms: ANSWER_WITHIN_MS };
}

function quietFromNow(): Effect[] {
  return [
    { do: "clear_timer", timer: "answer" },
    { do: "set_timer", timer: "quiet", ms: PING_AFTER_MS },
  ];
}

/** Carries out what the connection machine decides: a transport, timers, JSON. No game in here. */

import { type Connection, type Credentials, type Effect, IDLE, type Input, step, type Timer } from "./connection";
import type { ClientMessage, ServerMessage } from "./messages";
import type { OpenTransport, Transport } from "./transport";

export interface SocketEvents {
  /** The connection's phase, or the delay of a wait, changed. */
  changed(connection: Connection): void;
  message(message: ServerMessage): void;
}

export class Socket {
  #state: Connection = IDLE;
  #transport: Transport | null = null;
  #timers = new Map<Timer, ReturnType<typeof setTimeout>>();
  #open: OpenTransport;
  #events: SocketEvents;
  #random: () => number;

  constructor(open: OpenTransport, events: SocketEvents, random: () => number = Math.random) {
    this.#open = open;
    this.#events = events;
    this.#random = random;
  }

  get online(): boolean {
    return this.#state.phase === "online";
  }

  start(credentials: Credentials): void {
    this.#take({ kind: "start", credentials });
  }

  /** A newer token of the same user: the connection stays. */
  refresh(credentials: Credentials, ref: string): void {
    this.#take({ kind: "refresh", credentials, ref });
  }

  stop(): void {
    this.#take({ kind: "stop" });
  }

  nudge(): void {
    this.#take({ kind: "nudge" });
  }

  /** Sends at once, or says false: the caller keeps what must not be lost. */
  send(message: ClientMessage): boolean {
    if (!this.online || !this.#transport) return false;
    this.#transport.send(JSON.stringify(message));
    return true;
  }

  #take(input: Input): void {
    const before = this.#state;
    const [after, effects] = step(before, input, this.#random());
    this.#state = after;
    for (const effect of effects) this.#carryOut(effect);
    if (before !== after) this.#events.changed(after);
  }

  #carryOut(effect: Effect): void {
    switch (effect.do) {
      case "open":
        this.#transport = this.#connect();
        break;
      case "close":
        this.#transport?.close();
        this.#transport = null;
        break;
      case "send":
        this.#transport?.send(JSON.stringify(effect.message));
        break;
      case "set_timer":
        this.#setTimer(effect.timer, effect.ms);
        break;
      case "clear_timer":
        clearTimeout(this.#timers.get(effect.timer));
        break;
    }
  }

  #connect(): Transport {
    return this.#open({
      opened: () => this.#take({ kind: "opened" }),
      text: (text) => this.#read(text),
      closed: (code, reason) => this.#take({ kind: "closed", code, reason }),
    });
  }

  #read(text: string): void {
    const message = decode(text);
    if (!message) return;
    this.#take({ kind: "message", message });
    this.#events.message(message);
  }

  #setTimer(timer: Timer, ms: number): void {
    clearTimeout(this.#timers.get(timer));
    this.#timers.set(
      timer,
      setTimeout(() => this.#take({ kind: "timer", timer }), ms),
    );
  }
}

/** A message as an object with an `action`, or null: anybody may publish anything to a user's channel. */
export function decode(text: string): ServerMessage | null {
  try {
    const value: unknown = JSON.parse(text);
    const named = typeof value === "object" && value !== null && "action" in value;
    return named && typeof value.action === "string" ? (value as ServerMessage) : null;
  } catch {
    return null;
  }
}

/**
 * All that arrives over the socket, as state for the pages: connection, presence, rooms.
 * It decides nothing about any of them; the pure functions beside it do.
 */

import { newRef } from "$lib/room/outbox";
import { Rooms } from "$lib/room/rooms.svelte";
import type { RulesSource } from "$lib/room/rules";
import { type RoomView, viewOf } from "$lib/room/view";
import { comesBack } from "$lib/wire/close-codes";
import { type Connection, type Credentials, IDLE } from "$lib/wire/connection";
import type { EnterGame, Received, ServerMessage } from "$lib/wire/messages";
import { Socket } from "$lib/wire/socket";
import type { OpenTransport } from "$lib/wire/transport";
import { ServerClock } from "./clock.svelte";
import { NOBODY, type Presence, presenceAfter } from "./presence";

const ENTER_WITHIN_MS = 10_000;
const REFRESH_REF = "refresh";

export interface LiveEvents {
  /** The connection was closed for good. */
  refused(code: number): void;
  /** Something we sent can't be done. */
  failed(code: string, message: string): void;
}

interface Entering {
  ref: string;
  name: string;
  before: ReadonlySet<number>;
  done(view: RoomView): void;
  failed(error: Error): void;
}

export class Live {
  connection = $state.raw<Connection>(IDLE);
  presence = $state.raw<Presence>(NOBODY);
  /** The server said that it is recovering. */
  degraded = $state(false);
  readonly clock = new ServerClock();

  #me: Credentials | null = null;
  #socket: Socket;
  #events: LiveEvents;
  #rooms: Rooms;
  #entering: Entering | null = null;

  constructor(open: OpenTransport, events: LiveEvents, games: RulesSource) {
    this.#events = events;
    this.#rooms = new Rooms(games, (message) => this.#socket.send(message));
    this.#socket = new Socket(open, {
      changed: (connection) => this.#connectionChanged(connection),
      message: (message) => this.#take(message),
    });
  }

  get rooms(): Rooms["known"] {
    return this.#rooms.known;
  }

  get mine(): Rooms["mine"] {
    return this.#rooms.mine;
  }

  get outbox(): Rooms["outbox"] {
    return this.#rooms.outbox;
  }

  start(me: Credentials): void {
    if (this.#me?.token === me.token && this.connection.phase !== "refused") return;
    const renewed = this.#me?.id === me.id && this.#socket.online;
    if (this.#me?.id !== me.id) this.#forgetEverything();
    this.#me = me;
    if (renewed) this.#socket.refresh(me, REFRESH_REF);
    else this.#socket.start(me);
  }

  stop(): void {
    this.#socket.stop();
    this.#me = null;
    this.#forgetEverything();
  }

  /** Try at once, or find out at once whether the line still stands. */
  nudge(): void {
    if (this.connection.phase === "refused" && this.#me) this.#socket.start(this.#me);
    else this.#socket.nudge();
  }

  /** A command of the room's game: sent now or as soon as there is a connection; it counts once. */
  play(room_id: number, kind: string, body: Record<string, unknown> = {}): void {
    this.#rooms.command("play", room_id, kind, body);
  }

  /** One of the owner's powers, sent the same way. */
  manage(room_id: number, kind: string, body: Record<string, unknown> = {}): void {
    this.#rooms.command("manage", room_id, kind, body);
  }

  /** Takes a view that came over REST; what happened since is asked for on the socket. */
  adopt(view: RoomView): void {
    if (this.#rooms.adopt(view)) this.clock.hear(view.time);
  }

  forget(id: number): void {
    this.#rooms.forget(id);
  }

  /** Enters the open room of that game and name, or makes it. Two who ask the same meet in one room. */
  enterGame(game: Omit<EnterGame, "ref"> & { name: string }): Promise<RoomView> {
    const ref = newRef();
    return new Promise((resolve, reject) => {
      const entering: Entering = { ref, name: game.name, before: this.#rooms.mine, done: resolve, failed: reject };
      if (!this.#socket.send({ ...game, ref })) return reject(new Error("offline"));
      this.#entering = entering;
      setTimeout(() => this.#entering === entering && reject(new Error("offline")), ENTER_WITHIN_MS);
    });
  }

  #connectionChanged(connection: Connection): void {
    this.connection = connection;
    if (connection.phase === "refused" && !comesBack(connection.code)) this.#events.refused(connection.code);
  }

  #take(message: ServerMessage): void {
    if (!this.#me) return;
    this.presence = presenceAfter(this.presence, message);
    this.#rooms.take(message, this.#me.id);
    if (message.action === "connected") this.#connected(message);
    else if (message.action === "room") this.#entered(viewOf(message));
    else if (message.action === "resync") this.#resync();
    else if (message.action === "pong") this.clock.hear(message.time);
    else if (message.action === "error") this.#failed(message);
  }

  #connected(message: Received<"connected">): void {
    this.degraded = false;
    this.clock.forget();
    this.#rooms.connected(message.rooms);
  }

  #resync(): void {
    this.degraded = false;
    this.#rooms.resume();
  }

  #entered(view: RoomView): void {
    this.clock.hear(view.time);
    this.#rooms.enter(view);
    const entering = this.#entering;
    if (!entering || entering.name !== view.name || entering.before.has(view.room_id)) return;
    this.#entering = null;
    entering.done(view);
  }

  #failed(error: Received<"error">): void {
    const { code, message, ref } = error;
    if (code === "degraded") this.degraded = true;
    if (this.#rooms.syncFailed(error)) return;
    if (ref === REFRESH_REF) {
      // Said anew from the start: if the token is no good, the server closes with the code that says why.
      if (this.#me) this.#socket.start(this.#me);
      return;
    }
    if (ref && this.#entering?.ref === ref) {
      this.#entering.failed(new Error(code));
      this.#entering = null;
    }
    this.#events.failed(code, message);
  }

  #forgetEverything(): void {
    this.#rooms.forgetAll();
    this.presence = NOBODY;
    this.degraded = false;
  }
}

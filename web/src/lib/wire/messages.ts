/** Names for the generated message types, told apart by `action`. Nothing of the platform imports the generated file elsewhere. */
import type { ClientMessage as Generated, ServerMessage } from "$generated/socket";

export type { EnterGame, PlayerRef, PlayerView, ResultRow, ServerMessage, UserRef } from "$generated/socket";

export type Received<Action extends ServerMessage["action"]> = Extract<ServerMessage, { action: Action }>;

/** One of the owner's powers: `kind` is `kick`, `pause`, ... With a `ref`, answered by `done`. */
export interface Manage {
  action: "manage";
  room_id: number;
  kind: string;
  body?: Record<string, unknown>;
  ref?: string | null;
}

export type ClientMessage = Generated | Manage;

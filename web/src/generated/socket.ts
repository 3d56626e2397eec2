// Written from wsgateway/protocol.py by `npm run generate`. Do not edit.

export interface UserRef {
  id: number;
  name: string;
}

export interface PlayerRef {
  id: number;
  name: string;
  account: number;
  rating: number;
}

export interface PlayerView {
  id: number;
  name: string;
  account: number;
  rating: number;
  score: number;
  player: Record<string, unknown> | null;
}

export interface Question {
  id: number;
  q: string;
  image: string | null;
  audio: string | null;
  video: string | null;
  number: number;
  texts: Record<string, string>;
}

export interface ResultRow {
  id: number;
  name: string;
  score: number;
  rating: number;
  prize: number;
}

export interface Category {
  id: number;
  name: string;
}

export interface Attempt {
  user: PlayerRef;
  answer: string;
  is_true: boolean;
  time: number;
  v: number;
}

export interface Connect {
  action: "connect";
  id: number;
  token: string;
  name?: string;
  ref?: string | null;
}

export interface CheckMe {
  action: "check_me";
  room_id: number;
  answer: string;
  id?: number | null;
  ref?: string | null;
}

export interface Leave {
  action: "leave";
  room_id: number;
  ref?: string | null;
}

export interface Sync {
  action: "sync";
  room_id: number;
  v: number;
  ref?: string | null;
}

export interface Ping {
  action: "ping";
  ref?: string | null;
}

export interface EnterGame {
  game: string;
  name?: string;
  player?: Record<string, unknown> | null;
  options?: Record<string, unknown>;
  ref?: string | null;
}

export interface LobbyAnswer {
  game: string;
  lobby: number;
  answer: string;
  ref?: string | null;
}

export type ClientMessage = Connect | CheckMe | Leave | Sync | Ping | EnterGame | LobbyAnswer;

export interface Connected {
  action: "connected";
  id: number;
  name: string;
  online: UserRef[];
  online_count: number;
  rooms: number[];
}

export interface SomeoneConnected {
  action: "someone_connected";
  id: number;
  name: string;
}

export interface SomeoneDisconnected {
  action: "someone_disconnected";
  id: number;
  name: string;
}

export interface Room {
  action: "room";
  room_id: number;
  game: string;
  name: string;
  state: string;
  v: number;
  max_time: number;
  cnt_questions: number;
  question: Question | null;
  category: Category | null;
  players: PlayerView[];
  phase: string;
  phase_ends: number | null;
  time: number;
  hint: string | null;
  owner: number | null;
  capacity: number;
  private: boolean;
  min_players: number;
  language: string;
  tries: Attempt[];
  results: ResultRow[] | null;
}

export interface PlayerJoined {
  action: "player_joined";
  room_id: number;
  v: number;
  user: PlayerView;
}

export interface PlayerLeft {
  action: "player_left";
  room_id: number;
  v: number;
  user: PlayerView;
}

export interface NewAnswer {
  action: "new_answer";
  room_id: number;
  v: number;
  user: PlayerRef;
  answer: string;
  is_true: boolean;
  time: number;
  since: number | null;
}

export interface Hint {
  action: "hint";
  room_id: number;
  v: number;
  id: number;
  hint: string;
  phase_ends: number | null;
}

export interface NextQuestion {
  action: "next_question";
  room_id: number;
  v: number;
  is_answered: boolean;
  who_won: number | null;
  right_answer: string | null;
  question: Question | null;
  phase_ends: number | null;
  explanation: string | null;
}

export interface CloseRoom {
  action: "close_room";
  room_id: number;
  v: number;
  message: string;
  results: ResultRow[];
}

export interface Synced {
  action: "synced";
  room_id: number;
  v: number;
  events: Record<string, unknown>[];
}

export interface Pong {
  action: "pong";
  time: number;
  ref: string | null;
}

export interface Resync {
  action: "resync";
  reason: string;
}

export interface Error {
  action: "error";
  code: string;
  message: string;
  ref: string | null;
}

export type ServerMessage =
  | Connected
  | SomeoneConnected
  | SomeoneDisconnected
  | Room
  | PlayerJoined
  | PlayerLeft
  | NewAnswer
  | Hint
  | NextQuestion
  | CloseRoom
  | Synced
  | Pong
  | Resync
  | Error;

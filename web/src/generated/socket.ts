// Written from the structs of wsgateway/wire and of the games by `npm run generate`. Do not edit.

/** A user as shown in presence. */
export interface UserRef {
  id: number;
  name: string;
}

/** A member of a room: `player` is what that client wanted others to know of it. */
export interface PlayerView {
  id: number;
  name: string;
  account: number;
  rating: number;
  score: number;
  player: Record<string, unknown> | null;
}

/** One line of the final table. `rating` is the new rating, `prize` what was won, in coins. */
export interface ResultRow {
  id: number;
  name: string;
  score: number;
  rating: number;
  prize: number;
}

/** A question as players see it: `texts` holds every language it exists in, `q` the room's own. */
export interface Question {
  id: number;
  q: string;
  image: string | null;
  audio: string | null;
  video: string | null;
  number: number;
  texts: Record<string, string>;
}

/** A quiz category: `name` is in the room's language, `names` in each it has one in (none in a room of 0.1). */
export interface Category {
  id: number;
  name: string;
  names?: Record<string, string>;
}

/** A user as shown in a room. */
export interface PlayerRef {
  id: number;
  name: string;
  account: number;
  rating: number;
}

/** A try as kept in the room, for those who come late. */
export interface Attempt {
  user: PlayerRef;
  answer: string;
  is_true: boolean;
  time: number;
}

/** Who I am; must come first, within 10 s. `id` must be the token's user; the name shown is the account's. */
export interface Connect {
  action: "connect";
  id: number;
  token: string;
  name?: string;
  ref?: string | null;
}

/** A newer token of the same user for this socket, which ends with its token. Answered by `done`. */
export interface Refresh {
  action: "refresh";
  token: string;
  ref?: string | null;
}

/** A command of the room's game; `kind` and `body` are the game's own. With a `ref`, answered by `done`. */
export interface Play {
  action: "play";
  room_id: number;
  kind: string;
  body?: Record<string, unknown>;
  ref?: string | null;
}

/** What the owner of a room may do: start, pause, resume, skip, close, kick, lock, unlock, hand_over, options. A game may support fewer. With a `ref`, answered by `done`. */
export interface Manage {
  action: "manage";
  room_id: number;
  kind: string;
  body?: Record<string, unknown>;
  ref?: string | null;
}

/** Be a spectator: `room`, and then what everybody may hear, without a seat. A private room asks for its password. */
export interface Watch {
  action: "watch";
  room_id: number;
  password?: string;
  ref?: string | null;
}

/** Be a spectator no more. */
export interface Unwatch {
  action: "unwatch";
  room_id: number;
  ref?: string | null;
}

/** Leave the room. */
export interface Leave {
  action: "leave";
  room_id: number;
  ref?: string | null;
}

/** What did I miss since version `v`. Answered by `synced`, or by `room` when the log no longer reaches, or when `mark`, that of the event at `v`, shows that the room went on from another past. */
export interface Sync {
  action: "sync";
  room_id: number;
  v: number;
  mark?: number | null;
  ref?: string | null;
}

/** Answered by `pong` with the server's `time`. */
export interface Ping {
  action: "ping";
  ref?: string | null;
}

/** Start a game: enters the open room of that game and name, or makes it with the options. */
export interface EnterGame {
  game: string;
  name?: string;
  player?: Record<string, unknown> | null;
  options?: Record<string, unknown>;
  ref?: string | null;
}

/** My answer to question `id` of a room: the quiz's own name for `play` of kind `answer`. */
export interface CheckMe {
  action: "check_me";
  room_id: number;
  answer: string;
  id?: number | null;
  ref?: string | null;
}

/** The older form of `check_me`: an answer to the question that is open in room `lobby`. */
export interface LobbyAnswer {
  game: string;
  lobby: number;
  answer: string;
  ref?: string | null;
}

/** Body of `play` of kind `answer`: a try at question `id`, or (null) at whichever is open. */
export interface Answer {
  answer: string;
  id?: number | null;
}

export type ClientMessage =
  | Connect
  | Refresh
  | Play
  | Manage
  | Watch
  | Unwatch
  | Leave
  | Sync
  | Ping
  | EnterGame
  | CheckMe
  | LobbyAnswer;

/** The connect was right. `online` has at most 100 entries, `online_count` is everybody, `version` the server's. */
export interface Connected {
  action: "connected";
  id: number;
  name: string;
  online: UserRef[];
  online_count: number;
  rooms: number[];
  version: string;
}

/** Another user came online; once per user, however many tabs. */
export interface SomeoneConnected {
  action: "someone_connected";
  id: number;
  name: string;
}

/** Another user went. */
export interface SomeoneDisconnected {
  action: "someone_disconnected";
  id: number;
  name: string;
}

/** Somebody entered the room. */
export interface PlayerJoined {
  action: "player_joined";
  user: PlayerView;
  room_id: number;
  v: number;
  since?: number;
  mark?: number;
}

/** Somebody left the room; `reason` is `left` or `kicked`. */
export interface PlayerLeft {
  action: "player_left";
  user: PlayerView;
  reason: string;
  kicked?: boolean;
  room_id: number;
  v: number;
  since?: number;
  mark?: number;
}

/** The room's clocks stand since `paused` (ms since the epoch), and it takes no moves. */
export interface Paused {
  action: "paused";
  paused: number;
  room_id: number;
  v: number;
  since?: number;
  mark?: number;
}

/** The room goes on where it stood; `phase_ends` is moved by as long as it was paused. */
export interface Resumed {
  action: "resumed";
  phase_ends: number | null;
  room_id: number;
  v: number;
  since?: number;
  mark?: number;
}

/** The owner has changed the options before the start. `room`: the fields of the room to put in place of the old. */
export interface OptionsChanged {
  action: "options_changed";
  options: Record<string, unknown>;
  room: Record<string, unknown>;
  room_id: number;
  v: number;
  since?: number;
  mark?: number;
}

/** The room has another owner (a user's id): handed over, or the one before has left. */
export interface OwnerChanged {
  action: "owner_changed";
  owner: number;
  room_id: number;
  v: number;
  since?: number;
  mark?: number;
}

/** Nobody new may take a seat; with `locked` false they may again. */
export interface Locked {
  action: "locked";
  locked: boolean;
  room_id: number;
  v: number;
  since?: number;
  mark?: number;
}

/** How many watch now; off the record. */
export interface Spectators {
  action: "spectators";
  spectators: number;
  room_id: number;
  v: number;
  since?: number;
  mark?: number;
}

/** The game is over. `reason` is a code that clients have sentences for: finished, everybody_left, nobody_came, operator, owner, lost, outdated, or one of the game's own. `message` says it in English, but for `operator` and `owner`: there it is what they wrote. */
export interface CloseRoom {
  action: "close_room";
  message: string;
  results: ResultRow[];
  reason: string;
  room_id: number;
  v: number;
  since?: number;
  mark?: number;
}

/** The missed events, oldest first, exactly as they were sent; `v` is the room's version, `mark` that of it. */
export interface Synced {
  action: "synced";
  room_id: number;
  v: number;
  events: Record<string, unknown>[];
  mark: number | null;
}

/** The request with this `ref` was carried out; `room_id` and `v` when it was about a room. */
export interface Done {
  action: "done";
  ref: string | null;
  room_id?: number | null;
  v?: number | null;
}

/** Answer to `ping`: the server's clock, ms since the epoch. */
export interface Pong {
  action: "pong";
  time: number;
  ref: string | null;
}

/** Something may have been missed (Redis was away, or this client was too slow): sync every room. */
export interface Resync {
  action: "resync";
  reason: string;
}

/** What I sent can't be done; the socket stays open. `ref` when the request carried one, `room_id` when a room says it, `retry_ms` when it may be sent again after that time. */
export interface Error {
  action: "error";
  code: string;
  message: string;
  ref?: string | null;
  room_id?: number | null;
  retry_ms?: number | null;
}

/** A room in which a quiz is played: `max_time` is in seconds till the hint, `hints` the hint by language. */
export interface QuizRoom {
  action: "room";
  room_id: number;
  game: string;
  name: string;
  state: string;
  v: number;
  players: PlayerView[];
  phase: string;
  phase_ends: number | null;
  time: number;
  owner: number | null;
  capacity: number;
  private: boolean;
  results: ResultRow[] | null;
  mark: number | null;
  code: string;
  options: Record<string, unknown>;
  spectators: number;
  locked: boolean;
  paused: number | null;
  powers: string[];
  max_time: number;
  cnt_questions: number;
  question: Question | null;
  category: Category | null;
  hint: string | null;
  hints?: Record<string, string>;
  min_players: number;
  language: string;
  tries: Attempt[];
}

/** Somebody tried. */
export interface NewAnswer {
  action: "new_answer";
  user: PlayerRef;
  answer: string;
  is_true: boolean;
  time: number;
  room_id: number;
  v: number;
  since?: number;
  mark?: number;
}

/** Nobody knew in max_time. `id` is the question's, `phase_ends` when the answer is revealed. `hint` is in the room's language, `hints` in every language of the question. */
export interface Hint {
  action: "hint";
  id: number;
  hint: string;
  phase_ends: number | null;
  hints: Record<string, string>;
  room_id: number;
  v: number;
  since?: number;
  mark?: number;
}

/** The round is over; the next one begins. The first question of a room comes with `right_answer` null. `right_answer` and `explanation` are in the room's language, `answers` and `explanations` in every one there is. */
export interface NextQuestion {
  action: "next_question";
  is_answered: boolean;
  who_won: number | null;
  right_answer: string | null;
  question: Question | null;
  phase_ends: number | null;
  explanation: string | null;
  answers: Record<string, string>;
  explanations: Record<string, string>;
  room_id: number;
  v: number;
  since?: number;
  mark?: number;
}

export type ServerMessage =
  | Connected
  | SomeoneConnected
  | SomeoneDisconnected
  | PlayerJoined
  | PlayerLeft
  | Paused
  | Resumed
  | OptionsChanged
  | OwnerChanged
  | Locked
  | Spectators
  | CloseRoom
  | Synced
  | Done
  | Pong
  | Resync
  | Error
  | QuizRoom
  | NewAnswer
  | Hint
  | NextQuestion;

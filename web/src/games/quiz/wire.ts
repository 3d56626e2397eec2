/** The quiz's part of the wire: its view of a room and its events, told apart by `action`. */
import type { Answer, QuizRoom } from "$generated/socket";
import type { PendingCommand } from "$lib/room/outbox";
import { isPlatformEvent, type RoomEvent, type RoomView } from "$lib/room/view";
import type { Received } from "$lib/wire/messages";

import type { RoomProps } from "../module";
import type { QuizMemory } from "./rules";

export type { Attempt, Question } from "$generated/socket";

export type QuizProps = RoomProps<QuizView, QuizMemory>;
export type QuizView = Omit<QuizRoom, "action"> & RoomView;

type Own = "new_answer" | "hint" | "next_question";
export type QuizEvent = Received<Own | "player_joined" | "player_left" | "close_room">;

const OWN: Record<Own, true> = { new_answer: true, hint: true, next_question: true };

/** The event, if it is one that a room of the quiz knows. */
export function quizEvent(event: RoomEvent): (QuizEvent & RoomEvent) | null {
  return isPlatformEvent(event) || event.action in OWN ? (event as QuizEvent & RoomEvent) : null;
}

/** An answer on its way: the body of `play` of kind `answer`. */
export type PendingAnswer = PendingCommand & { body: { id: number; answer: string } };

export const ANSWER = "answer";

export function isAnswer(command: PendingCommand): command is PendingAnswer {
  return command.action === "play" && command.kind === ANSWER;
}

export function answerBody(id: number, answer: string): Record<string, unknown> {
  return { id, answer } satisfies Answer;
}

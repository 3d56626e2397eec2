/** What the room's stream shows: tries, how rounds ended, who came and went. */
import type { PlayerRef, Received, UserRef } from "$lib/wire/messages";
import type { Attempt, QuizEvent, QuizView } from "./wire";

export interface Reveal {
  /** The version it came with; tells one reveal from the next. */
  v: number;
  /** 1-based number of the round that ended. */
  number: number;
  answer: string;
  /** The same in every language there is one in. */
  answers: Record<string, string> | undefined;
  explanation: string | null;
  explanations: Record<string, string> | undefined;
  winner: UserRef | null;
}

export type Line =
  | { kind: "try"; user: PlayerRef; answer: string; right: boolean; time: number }
  | { kind: "round"; reveal: Reveal }
  | { kind: "came" | "went"; user: UserRef; kicked: boolean };

export type StreamItem = Line & { key: number };

/** More than anybody scrolls back; keeps the page light in a room of 1,000. */
export const STREAM_LIMIT = 200;

export function streamOfView(view: QuizView): StreamItem[] {
  return (view.tries ?? []).map((one, index) => ({ ...tryLine(one), key: index }));
}

/** The stream after `event`; the same stream when the event shows nothing. `view` is the room before the event. */
export function streamAfter(stream: readonly StreamItem[], view: QuizView, event: QuizEvent): readonly StreamItem[] {
  const line = lineOf(view, event, stream);
  const key = (stream.at(-1)?.key ?? -1) + 1;
  return line ? [...stream, { ...line, key }].slice(-STREAM_LIMIT) : stream;
}

function lineOf(view: QuizView, event: QuizEvent, stream: readonly StreamItem[]): Line | null {
  switch (event.action) {
    case "new_answer":
      return tryLine(event);
    case "player_joined":
      return { kind: "came", user: event.user, kicked: false };
    case "player_left":
      return { kind: "went", user: event.user, kicked: event.reason === "kicked" || event.kicked === true };
    case "next_question": {
      const reveal = revealOf(view, event, stream);
      return reveal && { kind: "round", reveal };
    }
    default:
      return null;
  }
}

function tryLine(one: Attempt): Line {
  return { kind: "try", user: one.user, answer: one.answer, right: one.is_true, time: one.time };
}

/** How the round ended that `event` closes; null for other events and for the start of the first round. */
export function revealOf(
  view: QuizView,
  event: QuizEvent & { v: number },
  stream: readonly StreamItem[],
): Reveal | null {
  if (event.action !== "next_question" || event.right_answer === null || !view.question) return null;
  return {
    v: event.v,
    number: view.question.number,
    answer: event.right_answer,
    answers: event.answers,
    explanation: event.explanation ?? null,
    explanations: event.explanations,
    winner: winnerOf(view, event, stream),
  };
}

/** Who won the round; somebody who left since is known by their try. */
export function winnerOf(
  view: QuizView,
  event: Received<"next_question">,
  stream: readonly StreamItem[],
): UserRef | null {
  if (event.who_won === null) return null;
  const seated = view.players.find((p) => p.id === event.who_won);
  if (seated) return { id: seated.id, name: seated.name };
  const tried = stream.findLast((item) => item.kind === "try" && item.user.id === event.who_won);
  return tried?.kind === "try" ? { id: tried.user.id, name: tried.user.name } : null;
}

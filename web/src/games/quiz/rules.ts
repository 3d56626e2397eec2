/** What the quiz's events do to a room of it: the view, the stream of tries, and which answers are confirmed. Pure. */
import type { PendingCommand } from "$lib/room/outbox";
import type { GameRules } from "$lib/room/rules";
import type { RoomEvent } from "$lib/room/view";
import type { Received } from "$lib/wire/messages";
import { type Reveal, revealOf, type StreamItem, streamAfter, streamOfView } from "./stream";
import { type Attempt, isAnswer, type QuizView, quizEvent } from "./wire";

/** What the page shows beside the view. */
export interface QuizMemory {
  stream: readonly StreamItem[];
  /** How the last round ended, null before the first one has. */
  reveal: Reveal | null;
}

/** The server keeps as many tries in its view. */
export const TRIES_LIMIT = 50;

export const rules: GameRules<QuizView, QuizMemory> = {
  reduce,
  memory: {
    begin: (view, before) => ({ stream: streamOfView(view), reveal: before?.reveal ?? null }),
    after: remembered,
  },
  outbox: { afterEvent, afterView },
};

function reduce(view: QuizView, any: RoomEvent): QuizView {
  const event = quizEvent(any);
  switch (event?.action) {
    case "new_answer":
      return { ...view, tries: [...view.tries, attemptOf(event)].slice(-TRIES_LIMIT) };
    case "hint":
      return { ...view, hint: event.hint, hints: event.hints, phase: "hint", phase_ends: event.phase_ends ?? null };
    case "next_question":
      return nextRound(view, event);
    case "close_room":
      return { ...withoutHint(view), question: null };
    default:
      return view;
  }
}

function withoutHint(view: QuizView): QuizView {
  return { ...view, hint: null, hints: {} };
}

function attemptOf({ user, answer, is_true, time }: Received<"new_answer">): Attempt {
  return { user, answer, is_true, time };
}

function nextRound(view: QuizView, event: Received<"next_question">): QuizView {
  const players = view.players.map((p) => (p.id === event.who_won ? { ...p, score: p.score + 1 } : p));
  const asked = event.question ? { state: "running", phase: "question" } : {};
  return { ...withoutHint(view), ...asked, players, question: event.question, phase_ends: event.phase_ends ?? null };
}

function remembered(memory: QuizMemory, view: QuizView, any: RoomEvent): QuizMemory {
  const event = quizEvent(any);
  if (!event) return memory;
  const { stream } = memory;
  return { stream: streamAfter(stream, view, event), reveal: revealOf(view, event, stream) ?? memory.reveal };
}

function afterEvent(sent: readonly PendingCommand[], any: RoomEvent, me: number): readonly PendingCommand[] {
  const event = quizEvent(any);
  if (event?.action === "new_answer") return event.user.id === me ? withoutShown(sent, event) : sent;
  if (event?.action === "next_question") return sent.filter(isOpen(event.question?.id));
  return sent;
}

function afterView(sent: readonly PendingCommand[], view: QuizView, me: number): readonly PendingCommand[] {
  const mine = view.tries.filter((one) => one.user.id === me);
  return mine.reduce(withoutShown, sent.filter(isOpen(view.question?.id)));
}

/** Whether a command is no answer, or one to that question. */
const isOpen = (question: number | undefined) => (one: PendingCommand) => !isAnswer(one) || one.body.id === question;

/** The room shows each answer once for each time that it was sent. */
function withoutShown(sent: readonly PendingCommand[], shown: { answer: string; ref?: string | null }) {
  const index = sent.findIndex((one) => isAnswer(one) && (one.ref === shown.ref || one.body.answer === shown.answer));
  return index < 0 ? sent : sent.toSpliced(index, 1);
}

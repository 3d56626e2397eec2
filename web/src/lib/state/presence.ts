/** Who is online: the server lists at most 100 and counts everybody. Pure. */
import type { ServerMessage, UserRef } from "$lib/wire/messages";

export interface Presence {
  people: readonly UserRef[];
  count: number;
}

export const NOBODY: Presence = { people: [], count: 0 };

/** Newcomers go first; the list is cut here so that a crowd can't grow the page without end. */
export const PEOPLE_LIMIT = 150;

export function presenceAfter(presence: Presence, message: ServerMessage): Presence {
  switch (message.action) {
    case "connected":
      return { people: message.online, count: Math.max(message.online_count, message.online.length) };
    case "someone_connected":
      return come(presence, { id: message.id, name: message.name });
    case "someone_disconnected":
      return gone(presence, message.id);
    default:
      return presence;
  }
}

function come(presence: Presence, person: UserRef): Presence {
  if (presence.people.some((one) => one.id === person.id)) return presence;
  return { people: [person, ...presence.people].slice(0, PEOPLE_LIMIT), count: presence.count + 1 };
}

function gone(presence: Presence, id: number): Presence {
  const people = presence.people.filter((one) => one.id !== id);
  return { people, count: Math.max(people.length, presence.count - 1) };
}

/** Names for the generated types of the REST API, and what an operation of it takes and answers. */
import type { components, paths } from "$generated/api";

type Schemas = components["schemas"];

export type Language = Schemas["LanguageEnum"];
/** The user as he sees himself. */
export type Account = Schemas["Profile"];
export type Login = Pick<Schemas["LoginAnswer"], "token" | "user">;
/** A room as REST answers it. Who is outside a private one is told how many play, not who. */
export type RoomAnswer = Schemas["Room"];
/** A line of the lobby's list; less of the room than a member sees, and older. */
export type RoomSummary = Schemas["RoomRow"];
export type ProfileChanges = Schemas["PatchedProfileChangeRequest"];

export type Path = keyof paths;
export type Method = "get" | "post" | "patch";

type Operation<P extends Path, M extends Method> = NonNullable<paths[P][M]>;
type Json<T> = T extends { content: { "application/json": infer Body } } ? Body : never;
type Succeeds<O> = O extends { responses: infer R } ? R[keyof R & (200 | 201)] : never;

/** The body of a 2xx answer. */
export type Answer<P extends Path, M extends Method> = Json<Succeeds<Operation<P, M>>>;
/** The JSON body of a request. */
export type Body<P extends Path, M extends Method> =
  Operation<P, M> extends { requestBody?: infer B } ? Json<NonNullable<B>> : never;
export type Query<P extends Path, M extends Method> =
  Operation<P, M> extends { parameters: { query?: infer Q } } ? NonNullable<Q> : never;
